using Esb.Sam.Reading;
using Esb.Sam.Receipts;
using Esb.Schema.Diagnostics;
using Esb.Schema.Functions;
using Esb.Schema.Yaml;

namespace Esb.Sam;

/// <summary>The position of a template: at the top, or in nested applications.</summary>
/// <param name="Options">The options of the whole read.</param>
/// <param name="Files">The files of the project.</param>
/// <param name="Diagnostics">Receives errors and warnings.</param>
/// <param name="Chain">The files from the top template to this one, which is the last.</param>
/// <param name="Applications">The logical ids from the top to this template; empty at the top.</param>
internal sealed record StackContext(
    SamOptions Options,
    ProjectFiles Files,
    DiagnosticBag Diagnostics,
    IReadOnlyList<string> Chain,
    IReadOnlyList<string> Applications)
{
    /// <summary>The maximum depth of nested applications.</summary>
    public const int MaxDepth = 8;

    /// <summary>The values of parameters, by name.</summary>
    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    /// <summary>Names of resources whose condition is false. CloudFormation refuses references to them.</summary>
    public HashSet<string> NotCreated { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// Keys that were omitted because their value is <c>AWS::NoValue</c>, with the remaining mapping. They distinguish
    /// an omitted key for access control from one that was never given.
    /// </summary>
    public HashSet<(YamlMapping Left, string Key)> Omitted { get; } = [];

    /// <summary>
    /// Logical ids of functions whose URL has an intrinsic function in place of its <c>AuthType</c>. SAM creates no
    /// permission for such a URL.
    /// </summary>
    public HashSet<string> UnseenUrls { get; } = new(StringComparer.Ordinal);

    /// <summary>Logical ids of APIs whose definition is included from AWS.</summary>
    public HashSet<string> DefinedOnAws { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// Positions of keys in included files that were reported because the including mapping has them too.
    /// </summary>
    public HashSet<Place> Collided { get; } = [];

    /// <summary>This template's receipt.</summary>
    public Receipt Receipt { get; } = new(string.Concat(Applications.Select(a => a + "/")));

    /// <summary>
    /// <c>AWS::StackName</c>. As on AWS, the name of a nested stack consists of its parent's name and its logical id.
    /// </summary>
    public string StackName => string.Join('-', [Options.StackName, .. Applications]);

    /// <summary>
    /// The name of something without a name property. On AWS, such names are unique in each stack. Here, a name in a
    /// nested application has the application's logical id as a prefix, and a qualified name also begins with the
    /// qualifier.
    /// </summary>
    public string NameOf(string logicalId) => FunctionName.Shortened(string.Join(
        '-', [.. Options.Qualifier is { } whole ? [whole] : (string[])[], .. Applications, logicalId]));

    /// <summary>Reports that something is not served, with a warning and a line of the receipt.</summary>
    public void LeaveOut(string resource, string property, string why, YamlNode at, string? help = null)
    {
        Diagnostics.Warning(DiagnosticCodes.NotSupported, $"{resource}: {property} is left out: {why}", at, help);
        Receipt.Ignored(resource, property, why, at);
    }

    /// <summary>
    /// The folder of the template in place of an empty path, as for <c>sam build</c> and
    /// <c>aws cloudformation package</c>, with a line of the receipt.
    /// </summary>
    public string OwnFolder(TemplateResource resource, string property, YamlNode at)
    {
        Receipt.Approximated(
            resource.LogicalId, property, "it is empty: the template's own folder is meant", at);
        return ".";
    }

    /// <summary>Rewrites a path of this template relative to the top template.</summary>
    public string RelativeToTop(YamlScalar path)
    {
        if (Applications.Count == 0
            || path.Value.Contains("://", StringComparison.Ordinal)
            || Path.IsPathRooted(path.Value))
            return path.Value;
        var top = Path.GetDirectoryName(Path.GetFullPath(Chain[0]))!;
        return Path.GetRelativePath(top, Path.GetFullPath(ProjectFiles.Named(path.Value, Chain[^1])));
    }
}
