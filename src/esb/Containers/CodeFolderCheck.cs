using Esb.Cli.Staging.Contents;
using Esb.Cli.Staging.References;
using Esb.Cli.Staging.Runtimes;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Containers;

/// <summary>
/// Checks that no manifest refers to files outside the code folder, since the engine gets only that folder.
/// </summary>
internal static class CodeFolderCheck
{
    /// <returns>False when a manifest refers to other files; the error is reported to the origin.</returns>
    public static bool Passes(LambdaRuntime runtime, CodeSource source, Origin origin)
    {
        if (source is not FolderSource folder
            || origin.Project is not { } project
            || project.RealPathOf(folder.Path) is not { } code)
            return true;
        var (installer, manifest) = runtime.Family switch
        {
            RuntimeFamily.Python => (Installer.Pip, DependencyManifest.Requirements),
            RuntimeFamily.Node => (Installer.Npm, DependencyManifest.Package),
            _ => (Installer.None, ""),
        };
        if (installer == Installer.None || !File.Exists(Path.Combine(code, manifest)))
            return true;
        if (ReferenceSearch.Run(code, installer, project, origin) is not { } found)
            return false;
        if (found.Paths.FirstOrDefault() is not { } path)
            return true;
        origin.Error(DiagnosticCodes.NotSupported, $"{manifest} needs '{Path.GetRelativePath(code, path)}', "
            + "which is outside the code folder; images are built from that folder alone",
            "link to it from the code folder (ln -s) and name the link, use a Dockerfile (PackageType: Image), "
                + "or deploy with --mode process");
        return false;
    }
}
