"""The version of the engine: it rises when a figure could come out differently or a record changes its shape."""

ENGINE_VERSION = "1.0.0"
