"""Prints tables, and writes them as Markdown."""


class Table:
    """Rows under a title."""

    def __init__(self, title, *columns):
        self.title = title
        self.columns = columns
        self.rows = []

    def add(self, *row):
        self.rows.append([str(cell) for cell in row])

    def text(self):
        widths = [max(len(row[i]) for row in [self.columns, *self.rows]) for i in range(len(self.columns))]
        lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip()
                 for row in [self.columns, *self.rows]]
        return "\n".join([self.title, *lines])

    def markdown(self):
        rows = [self.columns, ["---"] * len(self.columns), *self.rows]
        lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
        return "\n".join([self.title, "", *lines, ""])
