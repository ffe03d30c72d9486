"""The demo: own tables of published figures, an invented government, and the loader that enters them by actions."""
