"""How curated facts get in and out again: read, check, resolve, plan, commit, report.

Editors' files are the truth; the graph is a projection of them. One direction, six steps:

1. **read**     `files` finds and decodes files, `read_yaml` / `read_lines` turn them into one tree whose every value
   knows its file, line and column. A further form (sheet, CSV) is one more module that makes the same tree.
2. **check**    `shape`, `scalars`, `dates` and `party` type the tree; `form_article`, `form_fact`, `form_registry` and
   `form_other` say which keys a file has. All problems of all files are collected, none is thrown.
3. **resolve**  `names`, `lookup`, `resolve`: which node a name means. Exact folded names decide; similarity suggests.
4. **plan**     `build` makes entities, `check_*` judge them (`checked` runs all of it), `plan` compares with the graph.
5. **commit**   `run.commit` hands the plan to the store: all or nothing.
6. **report**   `messages`, `report`, `diff`, `answers`: what is wrong, what changes, which answers change.

Entry points: `run.check`, `run.plan`, `run.commit`, `run.rebuild`, `run.dump_plan`, `run.read_plan`, `history.log`,
`history.show`, `history.undo`, `export.export_jsonl`, `doctor.doctor`, `report.render`; docs: `handbook`, `schema`.
"""
