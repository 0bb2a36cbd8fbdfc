"""The commands of `jejaring`, one file per group. A command parses, calls, and shows; nothing is decided here.

Each module has `add_to(cli)`. A command is a function whose first parameter is the `Session`; `register` adds the
options that all commands share. What a command needs is imported when it runs, so that `jejaring --help` stays quick.
"""
