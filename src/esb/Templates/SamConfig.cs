using Esb.Cli.Deploying.Revisions;
using Esb.Cli.Terminal;
using Esb.Host.Text;
using Esb.Sam.Reading;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Cli.Templates;

/// <summary>
/// What <c>samconfig.toml</c> (or <c>.yaml</c>) says about one environment: the commands <c>deploy</c>, then
/// <c>global</c>; an environment that it does not name uses <c>default</c>. Source: AWS SAM Developer Guide, "AWS SAM
/// CLI configuration file".
/// </summary>
internal sealed class SamConfig
{
    public static readonly IReadOnlyList<string> FileNames = ["samconfig.toml", "samconfig.yaml", "samconfig.yml"];

    /// <summary>No file, or nothing in it for this environment.</summary>
    public static readonly SamConfig None = new([]);

    private readonly IReadOnlyList<YamlMapping> _parameters;

    private SamConfig(IReadOnlyList<YamlMapping> parameters) => _parameters = parameters;

    /// <summary>The file that was read, which may have parameters that are secret; null: there is none.</summary>
    public string? ReadFrom { get; private init; }

    public string? StackName => Text("stack_name");

    /// <summary>ESB's own: <c>sam</c> leaves it alone.</summary>
    public bool QualifiedNames =>
        _parameters.Select(p => p[SamNames.QualifiedNames]).OfType<YamlScalar>().FirstOrDefault()?.AsBoolean == true;

    public string? TemplateFile => Text("template_file") ?? Text("template");

    /// <summary>As the command line would have them.</summary>
    public IReadOnlyList<string> ParameterOverrides => Overrides switch
    {
        YamlScalar { IsNull: false } text => [text.Value],
        YamlSequence list => [.. list.Items.OfType<YamlScalar>().Select(i => i.Value)],
        _ => [],
    };

    /// <summary>Those that stand in a table of their own, as they are; a list is its items with commas.</summary>
    public IEnumerable<(string Name, string Value)> ParameterValues =>
        (Overrides as YamlMapping)?.Entries.Select(
            e => (e.Key.Value, e.Value is YamlSequence list ? string.Join(',', list.Items) : e.Value.ToString() ?? ""))
            ?? [];

    private YamlNode? Overrides => _parameters.Select(p => p["parameter_overrides"]).FirstOrDefault(p => p is not null);

    /// <summary>What is to be said beside: warnings, and a note of what means nothing here.</summary>
    public IReadOnlyList<Diagnostic> Notes { get; private init; } = [];

    /// <exception cref="CommandFailure">The file cannot be used.</exception>
    public static SamConfig Read(string folder, string environment)
    {
        List<string> files = [.. FileNames.Select(n => Path.Combine(folder, n)).Where(IsThere)];
        if (files is not [var file, .. var others])
            return None;
        var diagnostics = new DiagnosticBag();
        var text = TemplateBytes.Decode(NamedFile.Read(file), file, diagnostics);
        var node = text is null ? null
            : file.EndsWith(".toml", StringComparison.Ordinal) ? Toml.Read(text, file, diagnostics)
            : YamlReader.Read(text, file, diagnostics);
        if (node is not (null or YamlMapping or YamlScalar { IsNull: true }))
            diagnostics.Error(DiagnosticCodes.WrongKind, $"the file must hold a mapping, this is {node.Kind}", node);
        var document = node as YamlMapping ?? YamlMapping.Empty;
        YamlTags.Refuse(document, diagnostics);
        var check = new SamConfigCheck(diagnostics);
        check.Run(document);
        if (diagnostics.HasErrors)
            throw new CommandFailure(ExitCode.Usage, [.. diagnostics.Where(d => d.Severity == Severity.Error)]);
        foreach (var other in others)
            diagnostics.Add(new Diagnostic(
                Severity.Warning,
                DiagnosticCodes.Setting,
                $"is not read, since {Path.GetFileName(file)} is there",
                other,
                Help: "remove one of them"));
        var section = Section(document, environment, file, diagnostics);
        if (section is not null && check.Unused.Count > 0)
            diagnostics.Add(new Diagnostic(
                Severity.Information,
                DiagnosticCodes.Setting,
                $"esb has no use for {string.Join(", ", check.Unused)}",
                file));
        return new SamConfig([
            .. SamNames.ReadCommands.Select(c => (section?[c] as YamlMapping)?["parameters"]).OfType<YamlMapping>(),
        ]) { Notes = [.. diagnostics], ReadFrom = file };
    }

    private static YamlMapping? Section(
        YamlMapping document, string environment, string file, DiagnosticBag diagnostics)
    {
        if (document[environment] is YamlMapping own)
            return own;
        List<string> environments = [.. document.Entries.Where(e => e.Value is YamlMapping).Select(e => e.Key.Value)];
        var near = NearMiss.Question(environment, environments.Where(e => EditDistance.IsNear(environment, e)));
        if (document["default"] is not YamlMapping common)
        {
            if (environments.Count > 0)
                diagnostics.Add(new Diagnostic(
                    Severity.Warning,
                    DiagnosticCodes.Setting,
                    $"has neither the environment '{environment}' nor 'default'; nothing of it is used",
                    file,
                    Help: near ?? $"it has {string.Join(", ", environments)}; choose one with --env"));
            return null;
        }

        // A file with one set of values means them for every environment; one with several tells environments apart.
        if (near is not null || (environment != EnvironmentMark.Unsaid && environments.Count > 1))
            diagnostics.Add(new Diagnostic(Severity.Warning, DiagnosticCodes.Setting, $"has no environment '{environment}'; 'default' is used", file, Help: near ?? $"it has {string.Join(", ", environments)}; add [{environment}.deploy.parameters] if it has values of its own"));
        return common;
    }

    // Also a folder, or a link that leads nowhere: whoever made it means something by it.
    private static bool IsThere(string path) => Path.Exists(path) || new FileInfo(path).LinkTarget is not null;

    private string? Text(string key) => _parameters.Select(p => p[key]).OfType<YamlScalar>().FirstOrDefault()?.Value;
}
