namespace Esb.Cli.Tests.Staging;

/// <summary>A Python project that builds itself (PEP 517, PEP 660), so that pip needs no index.</summary>
internal static class PythonProject
{
    private const string Declaration =
        "[build-system]\nrequires = []\nbuild-backend = \"backend\"\nbackend-path = [\".\"]\n";

    // An editable wheel is a path file that names the folder of the sources.
    private const string Backend = """
        import os, zipfile

        NAME = "PACKAGE"

        def write(folder, files):
            info = f"{NAME}-1.0.dist-info"
            files = {**files, f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {NAME}\nVersion: 1.0\n",
                     f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n"}
            files[f"{info}/RECORD"] = "".join(f"{name},,\n" for name in [*files, f"{info}/RECORD"])
            wheel = f"{NAME}-1.0-py3-none-any.whl"
            with zipfile.ZipFile(os.path.join(folder, wheel), "w") as archive:
                for name, text in files.items():
                    archive.writestr(name, text)
            return wheel

        def build_wheel(folder, config_settings=None, metadata_directory=None):
            with open(f"{NAME}/__init__.py") as source:
                return write(folder, {f"{NAME}/__init__.py": source.read()})

        def build_editable(folder, config_settings=None, metadata_directory=None):
            return write(folder, {f"{NAME}.pth": os.getcwd() + "\n"})
        """;

    /// <summary>Version 1.0 of a package in a folder that is named relative to the code.</summary>
    public static CodeFolder WithPackage(this CodeFolder project, string folder, string name, string module) => project
        .With($"{folder}/pyproject.toml", Declaration)
        .With($"{folder}/backend.py", Backend.Replace("PACKAGE", name, StringComparison.Ordinal))
        .With($"{folder}/{name}/__init__.py", module);
}
