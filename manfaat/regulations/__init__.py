"""Rules as data. Each folder is one regulation, practice or method; `manfaat.engine.regulations` loads and checks them."""
