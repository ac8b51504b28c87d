using Esb.Sam.Reading;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Cli.Deploying.Templates;

/// <summary>
/// What <c>samconfig.toml</c> (or <c>.yaml</c>) says about one environment: the commands <c>deploy</c>, then <c>global</c>; an
/// environment that it does not name uses <c>default</c>. Source: AWS SAM Developer Guide, "AWS SAM CLI configuration file".
/// </summary>
internal sealed class SamConfig
{
    private static readonly string[] FileNames = ["samconfig.toml", "samconfig.yaml", "samconfig.yml"];

    /// <summary>No file, or nothing in it for this environment.</summary>
    public static readonly SamConfig None = new([]);

    private readonly IReadOnlyList<YamlMapping> _parameters;

    private SamConfig(IReadOnlyList<YamlMapping> parameters) => _parameters = parameters;

    public string? StackName => Text("stack_name");

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
        (Overrides as YamlMapping)?.Entries.Select(e => (e.Key.Value, e.Value is YamlSequence list ? string.Join(',', list.Items) : e.Value.ToString() ?? "")) ?? [];

    private YamlNode? Overrides => _parameters.Select(p => p["parameter_overrides"]).FirstOrDefault(p => p is not null);

    /// <exception cref="CommandFailure">The file cannot be used.</exception>
    public static SamConfig Read(string folder, string environment)
    {
        if (FileNames.Select(n => Path.Combine(folder, n)).FirstOrDefault(File.Exists) is not { } file)
            return None;
        var diagnostics = new DiagnosticBag();
        var text = TemplateBytes.Decode(NamedFile.Read(file), file, diagnostics);
        var document = text is null ? null
            : file.EndsWith(".toml", StringComparison.Ordinal) ? Toml.Read(text, file, diagnostics)
            : YamlReader.Read(text, file, diagnostics) as YamlMapping;
        if (document is not null)
            YamlTags.Refuse(document, diagnostics);
        if (diagnostics.HasErrors)
            throw new CommandFailure(ExitCode.Usage, [.. diagnostics.Where(d => d.Severity == Severity.Error)]);
        var section = document?[environment] as YamlMapping ?? document?["default"] as YamlMapping;
        return new SamConfig([.. ((string[])["deploy", "global"]).Select(c => (section?[c] as YamlMapping)?["parameters"]).OfType<YamlMapping>()]);
    }

    private string? Text(string key) => _parameters.Select(p => p[key]).OfType<YamlScalar>().FirstOrDefault()?.Value;
}
