"""Limits the machine's packages that a function sees to those that Lambda's Python includes.

With other installed packages a function might work here and fail on AWS.
"""
import os
import sys

# The SDK and its dependencies. Source: AWS, "Building Lambda functions with Python", runtime-included SDK versions.
_MODULES = frozenset(("boto3", "botocore", "s3transfer", "jmespath", "dateutil", "urllib3", "six"))
_DISTRIBUTIONS = frozenset(("boto3", "botocore", "s3transfer", "jmespath", "python-dateutil", "urllib3", "six"))


def hide(path):
    """Removes the machine's packages from a search path; the SDK is still found, after everything else."""
    library = os.path.dirname(os.__file__)
    given = [os.path.abspath(folder) for folder in os.environ.get("PYTHONPATH", "").split(os.pathsep) if folder]
    kept = [folder for folder in path if folder in given or _is_standard(folder, library)]
    finder = next((f for f in sys.meta_path if getattr(f, "__name__", "") == "PathFinder"), None)
    # A .pth file may have added its own finders, for packages in development.
    sys.meta_path[:] = [f for f in sys.meta_path if getattr(f, "__module__", "").startswith("_frozen_importlib")]
    if finder is not None:
        sys.meta_path.append(_Sdk(finder, [folder for folder in path if folder not in kept]))
    return kept


def _is_standard(folder, library):
    above = os.path.dirname(library)
    is_archive = folder.endswith(".zip") and os.path.dirname(folder) == above
    return is_archive or folder in (library, library + "/lib-dynload")


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

    # Linux distributions remove what AWS bundles with the SDK (requests, certificates) and make it import the system's
    # packages instead.
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
