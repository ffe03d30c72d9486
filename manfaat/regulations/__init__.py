"""Rules as data. Each folder is one regulation, practice or method; `manfaat.engine.regulations` loads and checks them.

To add one: make the folder `<kind>-<number>-<year>`; write `regulation.toml` with source, evidence grade and the places
that may be cited; put each scale in a `scale_<name>.toml` with its date in force, and worked examples in
`vectors_<name>.toml`. A new version of a scale is a new file with a later `valid_from`, never an edit.
Instruments (`instrument_<name>.toml` with `examples_<name>.toml`) are told in `docs/howto/add-an-instrument.md`.
What the source does not say stays "belum ditetapkan". `make test` refuses a citation that does not resolve
and a scale without examples.
"""
