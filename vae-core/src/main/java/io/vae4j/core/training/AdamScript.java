package io.vae4j.core.training;

import io.vae4j.core.torch.TorchFunction;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Adam's update as TorchScript, compiled once for all optimizers that are alike. What a setting does not ask for is not
 * in the script, so that it costs nothing.
 *
 * @param gradients where they come from
 * @param guard whether a step is left out whose loss or gradient is not finite
 */
record AdamScript(FusedAdam.Settings settings, Source gradients, Guard guard) {

    private static final Map<AdamScript, TorchFunction> COMPILED = new ConcurrentHashMap<>();

    /** What torch adds to the norm before it divides by it. */
    private static final double CLIP_EPSILON = 1e-6;

    /** Where the gradients of a step come from. */
    enum Source {
        /** Those of the arrays themselves, which the batch throws away. */
        LEAVES,
        /** Those of the parameters themselves, zeroed after the step. */
        PARAMETERS,
        /** A list of their own, one for each parameter. */
        GIVEN
    }

    /** What becomes of a step whose loss or gradient is not finite. */
    enum Guard {
        /** It is taken. */
        NONE,
        /** It is left out, which is decided and counted on the device: {@link SkippedSteps}. */
        FINITE
    }

    TorchFunction compiled() {
        return COMPILED.computeIfAbsent(this, AdamScript::function);
    }

    private TorchFunction function() {
        String given = gradients == Source.GIVEN ? ", g: List[Tensor]" : "";
        String guarding = guard == Guard.FINITE ? ", guard: List[Tensor]" : "";
        return TorchFunction.ofBody(
                "lr, t, p: List[Tensor], m: List[Tensor], v: List[Tensor]" + given + guarding,
                gathered() + checked() + clipped() + (settings.weightDecay() > 0 ? decayed() : plain()) + result());
    }

    private String gathered() {
        return gradients == Source.GIVEN ? """
                steps = torch.mul(annotate(List[Tensor], [t]), torch.len(p))
                """ : """
                g = annotate(List[Tensor], [])
                steps = torch.mul(annotate(List[Tensor], [t]), torch.len(p))
                reached = 0
                for x in p:
                  reached = torch.add(reached, torch.numel(x.grad))
                  _0 = torch.append(g, x.grad if torch.numel(x.grad) != 0 else torch.zeros_like(x))
                if torch.eq(reached, 0):
                  ops.prim.RaiseException("no parameter has a gradient; was the pass given the leaves of this step?")
                """;
    }

    /** The guard's arrays are those of {@link SkippedSteps#arguments}; one pass over the losses and the gradients. */
    private String checked() {
        return guard == Guard.NONE ? "" : """
                found = torch.mul_(guard[0], 0.)
                all = torch.add(annotate(List[Tensor], [torch.contiguous(torch.detach(guard[3]))]), g)
                _b = torch._amp_foreach_non_finite_check_and_unscale_(all, found, guard[1])
                row = torch.addcmul(found, guard[2], found, out=guard[2])
                """;
    }

    /** As torch.nn.utils.clip_grad_norm_ does; whether it has anything to do is decided on the device. */
    private String clipped() {
        return settings.clipNorm().isEmpty()
                ? ""
                : String.format(
                        Locale.ROOT, """
                        norm = torch.linalg_vector_norm(torch.stack(torch._foreach_norm(g, 2)), 2)
                        factor = torch.clamp_max(torch.mul(torch.reciprocal(torch.add(norm, %s)), %s), 1.)
                        _c = torch._foreach_mul_(g, factor)
                        """, CLIP_EPSILON, settings.clipNorm().getAsDouble());
    }

    private String plain() {
        return update("torch._fused_adam_(p, g, m, v", 0);
    }

    /** Matrices and kernels decay, biases and scales do not: they are given to the kernel in two lists. */
    private String decayed() {
        return """
                ps = annotate(List[Tensor], [])
                gs = annotate(List[Tensor], [])
                ms = annotate(List[Tensor], [])
                vs = annotate(List[Tensor], [])
                ts = annotate(List[Tensor], [])
                pw = annotate(List[Tensor], [])
                gw = annotate(List[Tensor], [])
                mw = annotate(List[Tensor], [])
                vw = annotate(List[Tensor], [])
                tw = annotate(List[Tensor], [])
                for i in range(torch.len(p)):
                  if torch.ge(torch.dim(p[i]), 2):
                    _p = torch.append(pw, p[i])
                    _g = torch.append(gw, g[i])
                    _m = torch.append(mw, m[i])
                    _v = torch.append(vw, v[i])
                    _t = torch.append(tw, t)
                  else:
                    _q = torch.append(ps, p[i])
                    _h = torch.append(gs, g[i])
                    _n = torch.append(ms, m[i])
                    _w = torch.append(vs, v[i])
                    _s = torch.append(ts, t)
                if torch.gt(torch.len(pw), 0):
                """
                + indented(update("torch._fused_adamw_(pw, gw, mw, vw", settings.weightDecay()), "tw")
                + "if torch.gt(torch.len(ps), 0):\n"
                + indented(update("torch._fused_adamw_(ps, gs, ms, vs", 0), "ts");
    }

    private static String indented(String line, String steps) {
        return "  " + line.replace(" steps,", " " + steps + ",");
    }

    private String update(String call, double decay) {
        return String.format(
                Locale.ROOT,
                "_2 = %s, annotate(List[Tensor], []), steps, lr=lr, beta1=%s, beta2=%s, weight_decay=%s, eps=%s,"
                        + " amsgrad=False, maximize=False, grad_scale=None, found_inf=%s)\n",
                call,
                settings.beta1(),
                settings.beta2(),
                decay == 0 ? "0." : decay,
                settings.epsilon(),
                guard == Guard.FINITE ? "found" : "None");
    }

    /** Made of all that was written: TorchScript drops in-place calls that no result depends on. */
    private String result() {
        String zeroed = gradients == Source.PARAMETERS ? "_3 = torch._foreach_zero_(g)\n" : "";
        String counted = guard == Guard.FINITE ? ", found, row" : "";
        String moved = settings.weightDecay() > 0 ? "pw[0] if torch.gt(torch.len(pw), 0) else ps[0], " : "";
        return zeroed + "written = [" + moved + "g[0]" + counted + "]\nreturn written[0]";
    }
}
