using Esb.Cli.Deploying.Revisions;

namespace Esb.Cli.Deploying.Applications;

/// <summary>The place of a template, which distinguishes two projects of the same name.</summary>
internal static class TemplatePlace
{
    // The output folder of `sam build` in a project.
    private static readonly string SamBuild = Path.DirectorySeparatorChar + Path.Combine(".aws-sam", "build");

    /// <summary>The absolute path of the project's folder.</summary>
    /// <param name="template">As the user named it.</param>
    public static string ProjectOf(string template)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(template))!;
        return folder.EndsWith(SamBuild, StringComparison.Ordinal) ? folder[..^SamBuild.Length] : folder;
    }

    /// <summary>
    /// The absolute path of the template. For output of <c>sam build</c> it is the project's folder, since the
    /// template's name is always the same there.
    /// </summary>
    public static string Of(string template) =>
        ProjectOf(template) is var project && project == Path.GetDirectoryName(Path.GetFullPath(template))
            ? Path.GetFullPath(template)
            : project;

    /// <summary>
    /// Whether an application comes from a different place than at its last deploy; false when that is unknown.
    /// </summary>
    public static bool IsElsewhere(DeployedFrom last, IReadOnlyList<string> templates) =>
        last.Places.Count > 0
            && templates.Count > 0
            && !templates.Select(Of).Any(now => last.Places.Any(before => AreSame(before, now)));

    private static bool AreSame(string one, string other) =>
        one == other || Path.GetDirectoryName(one) == other || Path.GetDirectoryName(other) == one;
}
