using Esb.Sam.Reading;
using Esb.Sam.Receipts;
using Esb.Schema.Diagnostics;
using Esb.Schema.Functions;
using Esb.Schema.Yaml;

namespace Esb.Sam;

/// <summary>Where a template stands: at the top, or in nested applications.</summary>
/// <param name="Options">What everything is read with.</param>
/// <param name="Files">The files of the project.</param>
/// <param name="Diagnostics">Takes what is wrong.</param>
/// <param name="Chain">The files on the way down to this one, this one last.</param>
/// <param name="Applications">Logical ids on the way down; empty at the top.</param>
internal sealed record StackContext(SamOptions Options, ProjectFiles Files, DiagnosticBag Diagnostics, IReadOnlyList<string> Chain, IReadOnlyList<string> Applications)
{
    /// <summary>Applications may stand in applications, so deep and no deeper.</summary>
    public const int MaxDepth = 8;

    /// <summary>Values of parameters by name.</summary>
    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    /// <summary>Names of resources whose condition does not hold: CloudFormation refuses what refers to them.</summary>
    public HashSet<string> NotMade { get; } = new(StringComparer.Ordinal);

    /// <summary>Keys whose value is <c>AWS::NoValue</c>, with what is left of the mapping that they stand in: where one decides who may call, it was not left out.</summary>
    public HashSet<(YamlMapping Left, string Key)> Omitted { get; } = [];

    /// <summary>Logical ids of APIs whose definition is included from AWS.</summary>
    public HashSet<string> DefinedOnAws { get; } = new(StringComparer.Ordinal);

    /// <summary>Places of keys in included files of which it was told that they stand where the file is included too.</summary>
    public HashSet<Place> Collided { get; } = [];

    /// <summary>This template's receipt.</summary>
    public Receipt Receipt { get; } = new(string.Concat(Applications.Select(a => a + "/")));

    /// <summary><c>AWS::StackName</c>: as on AWS, that of an application begins with its parent's and goes on with its logical id.</summary>
    public string StackName => string.Join('-', [Options.StackName, .. Applications]);

    /// <summary>
    /// The name of something that has none of its own. On AWS such names are unique for each stack; here what stands in an
    /// application gets its logical id before it, and where names are qualified, that of the whole.
    /// </summary>
    public string NameOf(string logicalId) => FunctionName.Shortened(string.Join('-', [.. Options.Qualifier is { } whole ? [whole] : (string[])[], .. Applications, logicalId]));

    /// <summary>Says by a warning and a line of the receipt that something is not served.</summary>
    public void LeaveOut(string resource, string property, string why, YamlNode at, string? help = null)
    {
        Diagnostics.Warning(DiagnosticCodes.NotSupported, $"{resource}: {property} is left out: {why}", at, help);
        Receipt.Ignored(resource, property, why, at);
    }

    /// <summary>A path of this template as the one at the top would write it.</summary>
    public string FromTheTop(YamlScalar path)
    {
        if (Applications.Count == 0 || path.Value.Contains("://", StringComparison.Ordinal) || Path.IsPathRooted(path.Value))
            return path.Value;
        var top = Path.GetDirectoryName(Path.GetFullPath(Chain[0]))!;
        return Path.GetRelativePath(top, Path.GetFullPath(ProjectFiles.Named(path.Value, Chain[^1])));
    }
}
