"""Which of the machine's packages a function sees: those that Lambda's Python brings beside its standard library, and no others.

What else happens to be installed would let a function work here that fails on AWS.
"""
import os
import sys

# The SDK and what it needs. Source: AWS, "Building Lambda functions with Python", runtime-included SDK versions.
_MODULES = frozenset(("boto3", "botocore", "s3transfer", "jmespath", "dateutil", "urllib3", "six"))
_DISTRIBUTIONS = frozenset(("boto3", "botocore", "s3transfer", "jmespath", "python-dateutil", "urllib3", "six"))


def hide(path):
    """What is left of a search path that the machine's Python began with; the SDK is found nevertheless, after all of it."""
    library = os.path.dirname(os.__file__)
    given = [os.path.abspath(folder) for folder in os.environ.get("PYTHONPATH", "").split(os.pathsep) if folder]
    kept = [folder for folder in path if folder in given or _is_standard(folder, library)]
    finder = next((f for f in sys.meta_path if getattr(f, "__name__", "") == "PathFinder"), None)
    # A .pth file may have added finders of its own, for packages that somebody is working on.
    sys.meta_path[:] = [f for f in sys.meta_path if getattr(f, "__module__", "").startswith("_frozen_importlib")]
    if finder is not None:
        sys.meta_path.append(_Sdk(finder, [folder for folder in path if folder not in kept]))
    return kept


def _is_standard(folder, library):
    above = os.path.dirname(library)
    return folder in (library, library + "/lib-dynload") or (folder.endswith(".zip") and os.path.dirname(folder) == above)


class _Sdk:
    def __init__(self, finder, folders):
        self._finder = finder
        self._folders = folders
        self._borrowed = set()

    def find_spec(self, name, path=None, target=None):
        if path is None and (name in _MODULES or self._is_wanted_by_the_sdk()):
            self._borrowed.add(name)
            return self._finder.find_spec(name, self._folders, target)
        return None

    # Distributions of Linux take out what AWS ships inside of the SDK (requests, certificates) and let it import the system's instead.
    def _is_wanted_by_the_sdk(self):
        frame = sys._getframe(2)
        while frame is not None and frame.f_globals.get("__name__", "").startswith(("importlib", "_frozen_importlib")):
            frame = frame.f_back
        importer = frame.f_globals.get("__name__", "") if frame is not None else ""
        top = importer.partition(".")[0]
        return top in _MODULES or top in self._borrowed

    def find_distributions(self, context=None):
        name = getattr(context, "name", None)
        if name is None or name.lower().replace("_", "-") not in _DISTRIBUTIONS:
            return ()
        from importlib.metadata import DistributionFinder, MetadataPathFinder

        return MetadataPathFinder.find_distributions(DistributionFinder.Context(name=name, path=self._folders))
