"""How curated facts get in and out again: read, check, resolve, plan, commit, report.

Editors' files are the truth; the graph is a projection of them. One direction, six steps:

1. **read**     `files` finds and decodes files, `read_yaml` / `read_lines` turn them into one tree whose every value
   knows its file, line and column. A further form (sheet, CSV) is one more module that makes the same tree.
2. **check**    `shape` and its kin type the tree; `form_article`, `form_registry`, `form_questions` and
   `form_decisions` say which keys a file has. All problems of all files are collected, none is thrown.
3. **resolve**  `names`, `lookup`, `resolve`: which node a name means. Exact folded names decide; similarity suggests.
4. **plan**     `build` makes entities, `check_*` judge them beside the graph, `plan` compares them with the graph.
5. **commit**   `run.commit` hands the plan to the store: all or nothing.
6. **report**   `messages`, `report`, `diff`, `answers`: what is wrong, what changes, which answers change.

Entry points: `run.check`, `run.plan`, `run.commit`, `run.rebuild`, `history.undo`, `history.log`, `history.show`,
`export.export_jsonl`, `doctor.doctor`, `report.render`, `schema.schemas`.
"""
