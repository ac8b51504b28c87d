using Esb.Cli.Deploying.Applications;
using Esb.Sam;
using Esb.Sam.Generating;
using Esb.Sam.Reading;
using Esb.Schema.Files;
using Esb.Schema.Merging;

namespace Esb.Cli.Templates;

/// <summary>One template, and the folder that its paths are relative to.</summary>
/// <param name="File">As the user named it.</param>
/// <param name="Model">Its content.</param>
/// <param name="Application">The application that the template is part of.</param>
internal sealed record ReadTemplate(string File, SamTemplate Model, string Application)
{
    /// <summary>The default application of a template: the name of its folder.</summary>
    public static string ApplicationOf(string file) => ApplicationName.OfFolder(TemplatePlace.ProjectOf(file));

    /// <summary>The files that it may use.</summary>
    public ProjectFiles Project { get; init; } = ProjectFiles.Of(File);

    /// <summary>Its three documents; code is the path that the template names.</summary>
    public ConfigurationDocuments Generate() => FilesGenerator.Generate(Model, Application);

    /// <summary>A path of the template as this process can use it; a URL stays unchanged.</summary>
    public string Resolved(string path) =>
        path.Contains("://", StringComparison.Ordinal)
            ? path
            : Path.GetFullPath(path, Path.GetDirectoryName(Path.GetFullPath(File))!);
}
