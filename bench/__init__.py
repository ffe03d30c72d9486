"""Timings side by side with named rivals, in one run on one machine: only the ratios mean anything."""
