import ai.djl.ndarray.*
import ai.djl.ndarray.types.*
import io.vae4j.core.*
import io.vae4j.core.distribution.*
import io.vae4j.core.estimator.*
import io.vae4j.core.model.*
import io.vae4j.core.objective.*
import io.vae4j.core.training.*
import io.vae4j.experiments.cli.JShellDevice
import io.vae4j.experiments.data.*
import io.vae4j.experiments.recipe.*
import io.vae4j.experiments.training.*
import io.vae4j.models.*
import io.vae4j.models.family.*
import io.vae4j.models.flow.*
import io.vae4j.models.hierarchical.*
import io.vae4j.models.network.*
import io.vae4j.models.posterior.*
import io.vae4j.models.prior.*
import io.vae4j.models.vq.*
var device = JShellDevice.ready()
var manager = NDManager.newBaseManager(device, "PyTorch")
