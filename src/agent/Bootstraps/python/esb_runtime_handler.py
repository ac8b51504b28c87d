"""Loads the handler."""
import os
import sys


class HandlerError(Exception):
    """The handler cannot be loaded; `type` is AWS's name for the reason."""

    def __init__(self, type, message, stack=None):
        super().__init__(message)
        self.type = type
        self.stack = stack


def load(name):
    module_name, dot, function = name.rpartition(".")
    if not dot:
        message = "Bad handler '%s': not enough values to unpack (expected 2, got 1)" % name
        raise HandlerError("Runtime.MalformedHandlerName", message)
    try:
        # Without importlib, which would be one more module to load.
        full_name = module_name.replace("/", ".")
        __import__(full_name)
        module = sys.modules[full_name]
    except ImportError as problem:
        message = "Unable to import module '%s': %s%s" % (module_name, problem, _help(problem))
        raise HandlerError("Runtime.ImportModuleError", message) from problem
    except SyntaxError as problem:
        stack = ['  File "%s" Line %s\n    %s' % (problem.filename, problem.lineno, problem.text)]
        message = "Syntax error in module '%s': %s" % (module_name, problem)
        raise HandlerError("Runtime.UserCodeSyntaxError", message, stack) from problem
    if not hasattr(module, function):
        raise HandlerError("Runtime.HandlerNotFound", "Handler '%s' missing on module '%s'" % (function, module_name))
    return getattr(module, function)


# On AWS the runtime includes the SDK; here it is the machine's or the function's own.
def _help(problem):
    package = (getattr(problem, "name", None) or "").partition(".")[0]
    if package not in ("boto3", "botocore"):
        return ""
    is_of_system = sys.executable.startswith("/usr/bin/")
    where = "apt-get install python3-boto3" if is_of_system else sys.executable + " -m pip install boto3"
    return " (name boto3 in requirements.txt in %s, or %s)" % (os.environ.get("LAMBDA_TASK_ROOT"), where)
