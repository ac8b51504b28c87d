"""Loads the handler."""
import os
import sys


class HandlerError(Exception):
    """The handler cannot be loaded; `type` is the name that AWS gives the reason."""

    def __init__(self, type, message, stack=None):
        super().__init__(message)
        self.type = type
        self.stack = stack


def load(name):
    module_name, dot, function = name.rpartition(".")
    if not dot:
        raise HandlerError("Runtime.MalformedHandlerName", "Bad handler '%s': not enough values to unpack (expected 2, got 1)" % name)
    try:
        # Not through importlib, which is one more module to load.
        full_name = module_name.replace("/", ".")
        __import__(full_name)
        module = sys.modules[full_name]
    except ImportError as problem:
        raise HandlerError("Runtime.ImportModuleError", "Unable to import module '%s': %s%s" % (module_name, problem, _help(problem))) from problem
    except SyntaxError as problem:
        stack = ['  File "%s" Line %s\n    %s' % (problem.filename, problem.lineno, problem.text)]
        raise HandlerError("Runtime.UserCodeSyntaxError", "Syntax error in module '%s': %s" % (module_name, problem), stack) from problem
    if not hasattr(module, function):
        raise HandlerError("Runtime.HandlerNotFound", "Handler '%s' missing on module '%s'" % (function, module_name))
    return getattr(module, function)


# On AWS the SDK comes with the runtime; here it is the machine's or the function's own.
def _help(problem):
    package = (getattr(problem, "name", None) or "").partition(".")[0]
    if package not in ("boto3", "botocore"):
        return ""
    where = "apt-get install python3-boto3" if sys.executable.startswith("/usr/bin/") else sys.executable + " -m pip install boto3"
    return " (name boto3 in requirements.txt in %s, or %s)" % (os.environ.get("LAMBDA_TASK_ROOT"), where)
