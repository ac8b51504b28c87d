using Esb.Cli.Deploying.Revisions;
using Esb.Cli.Terminal;
using Esb.Host.Text;
using Esb.Sam.Reading;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Cli.Templates;

/// <summary>
/// The settings of one environment in <c>samconfig.toml</c> (or <c>.yaml</c>): of the commands <c>deploy</c>, then
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

    /// <summary>The file that was read, which may have secret parameters; null if there is none.</summary>
    public string? ReadFrom { get; private init; }

    public string? StackName => Text("stack_name");

    /// <summary>A parameter of ESB, which <c>sam</c> ignores.</summary>
    public bool QualifiedNames =>
        _parameters.Select(p => p[SamNames.QualifiedNames]).OfType<YamlScalar>().FirstOrDefault()?.AsBoolean == true;

    public string? TemplateFile => Text("template_file") ?? Text("template");

    /// <summary>The parameters, in the form of the command line.</summary>
    public IReadOnlyList<string> ParameterOverrides => Overrides switch
    {
        YamlScalar { IsNull: false } text => [text.Value],
        YamlSequence list => [.. list.Items.OfType<YamlScalar>().Select(i => i.Value)],
        _ => [],
    };

    /// <summary>The parameters of a separate table, unchanged; a list becomes its items joined by commas.</summary>
    public IEnumerable<(string Name, string Value)> ParameterValues =>
        (Overrides as YamlMapping)?.Entries.Select(
            e => (e.Key.Value, e.Value is YamlSequence list ? string.Join(',', list.Items) : e.Value.ToString() ?? ""))
            ?? [];

    private YamlNode? Overrides => _parameters.Select(p => p["parameter_overrides"]).FirstOrDefault(p => p is not null);

    /// <summary>The warnings about the file, and a note about parameters without a meaning here.</summary>
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
            diagnostics.Error(DiagnosticCodes.WrongKind, $"the file must hold a mapping, but is {node.Kind}", node);
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
                $"is not read, since {Path.GetFileName(file)} exists",
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
        ])
        { Notes = [.. diagnostics], ReadFrom = file };
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
                Warn(
                    $"has neither the environment '{environment}' nor 'default'; nothing in it is used",
                    "choose one with --env");
            return null;
        }

        // A file with one environment applies to all; a file with several distinguishes them.
        if (near is not null || (environment != EnvironmentMark.Unnamed && environments.Count > 1))
            Warn(
                $"has no environment '{environment}'; 'default' is used",
                $"add [{environment}.deploy.parameters] if it has values of its own");
        return common;

        void Warn(string message, string advice) => diagnostics.Add(new Diagnostic(
            Severity.Warning,
            DiagnosticCodes.Setting,
            message,
            file,
            Help: near ?? $"it has {string.Join(", ", environments)}; {advice}"));
    }

    // A folder or a dangling link counts too, so that it is reported.
    private static bool IsThere(string path) => Path.Exists(path) || new FileInfo(path).LinkTarget is not null;

    private string? Text(string key) => _parameters.Select(p => p[key]).OfType<YamlScalar>().FirstOrDefault()?.Value;
}
