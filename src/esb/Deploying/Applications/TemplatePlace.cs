using Esb.Cli.Deploying.Revisions;

namespace Esb.Cli.Deploying.Applications;

/// <summary>Where a template is, by which two projects of one name are told apart.</summary>
internal static class TemplatePlace
{
    // Where `sam build` puts what it makes of a project.
    private static readonly string SamBuild = Path.DirectorySeparatorChar + Path.Combine(".aws-sam", "build");

    /// <summary>The folder of the project, in full.</summary>
    /// <param name="template">As the user named it.</param>
    public static string ProjectOf(string template)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(template))!;
        return folder.EndsWith(SamBuild, StringComparison.Ordinal) ? folder[..^SamBuild.Length] : folder;
    }

    /// <summary>The template itself, in full; of what <c>sam build</c> made, the folder of the project, since it calls every template the same.</summary>
    public static string Of(string template) => ProjectOf(template) is var project && project == Path.GetDirectoryName(Path.GetFullPath(template)) ? Path.GetFullPath(template) : project;

    /// <summary>Whether an application that was deployed from somewhere comes from elsewhere now; where nobody knows, it does not.</summary>
    public static bool IsElsewhere(DeployedFrom last, IReadOnlyList<string> templates) =>
        last.Places.Count > 0 && templates.Count > 0 && !templates.Select(Of).Any(now => last.Places.Any(before => AreSame(before, now)));

    private static bool AreSame(string one, string other) => one == other || Path.GetDirectoryName(one) == other || Path.GetDirectoryName(other) == one;
}
