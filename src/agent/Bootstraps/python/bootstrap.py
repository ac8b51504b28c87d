"""Starts the runtime: python bootstrap.py [--machine-packages] CODE [LAYER-FOLDER…].

Short, because Python compiles this file at every start, but keeps the modules compiled.
"""
import sys

import esb_runtime

esb_runtime.main(sys.argv[1:])
