using Esb.Cli.Staging.Contents;
using Esb.Cli.Staging.References;
using Esb.Cli.Staging.Runtimes;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Containers;

/// <summary>Whether the code folder alone has what an image is built of: the engine is sent nothing else.</summary>
internal static class ImageParts
{
    /// <returns>False when a manifest names what lies elsewhere; the origin has been told.</returns>
    public static bool Pass(LambdaRuntime runtime, CodeSource source, Origin origin)
    {
        if (source is not FolderSource folder || origin.Project is not { } project || project.RealPathOf(folder.Path) is not { } code)
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
        origin.Error(DiagnosticCodes.NotSupported, $"{manifest} needs '{Path.GetRelativePath(code, path)}', which lies outside of the code folder; images are built of that alone",
            "link to it from the code folder (ln -s) and name the link, bring a Dockerfile (PackageType: Image), or deploy with --mode process");
        return false;
    }
}
