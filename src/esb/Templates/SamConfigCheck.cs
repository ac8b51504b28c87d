using System.Globalization;
using Esb.Cli.Terminal;
using Esb.Host.Text;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Yaml;

namespace Esb.Cli.Templates;

/// <summary>
/// Checks that <c>sam</c> knows everything in a <c>samconfig</c> file. A setting that ESB cannot read is an error, and
/// so is a name similar to one that ESB reads, whose values would silently be defaults. Other unknown names are
/// warnings. Source: AWS SAM Developer Guide, "AWS SAM CLI configuration file".
/// </summary>
/// <param name="diagnostics">Receives the errors.</param>
internal sealed class SamConfigCheck(DiagnosticBag diagnostics)
{
    private const string Form = "write [ENVIRONMENT.deploy.parameters], for example [default.deploy.parameters]";

    private readonly SortedSet<string> _unused = new(StringComparer.Ordinal);

    /// <summary>Valid names without a meaning here, such as <c>s3_bucket</c>.</summary>
    public IReadOnlyCollection<string> Unused => _unused;

    public void Run(YamlMapping document)
    {
        Version(document);
        foreach (var (name, value) in document.Entries.Where(e => e.Key.Value != "version"))
        {
            if (value is YamlMapping environment)
                Environment(name.Value, environment);
            else if (!IsNull(value))
                diagnostics.Error(
                    DiagnosticCodes.WrongKind,
                    $"'{name.Value}' must be a table, since it names an environment, but is {value.Kind}",
                    name,
                    Form);
        }
    }

    // Without it sam refuses the file. An empty file is harmless.
    private void Version(YamlMapping document)
    {
        if (document.Entries.Count == 0 || (document["version"] is YamlScalar { IsPlain: true } version
            && double.TryParse(version.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)))
            return;
        diagnostics.Warning(
            DiagnosticCodes.Setting,
            document.Contains("version")
                ? "'version' is not a number, so sam refuses the file"
                : "'version' is missing, so sam refuses the file",
            document.KeyNode("version")?.Place ?? document.Entries[0].Key.Place,
            "write version = 0.1 first");
    }

    private void Environment(string environment, YamlMapping commands)
    {
        foreach (var (name, value) in commands.Entries)
        {
            var subject = $"{environment}.{name.Value}";
            if (!SamNames.Commands.Contains(name.Value))
                Unknown(
                    $"{subject}: sam has no command '{name.Value}'",
                    name,
                    SamNames.Commands,
                    isRead: SamNames.ReadCommands);
            if (value is YamlMapping command)
                Command(name.Value, subject, command);
            else if (!IsNull(value))
                diagnostics.Error(
                    DiagnosticCodes.WrongKind, $"'{subject}' must be a table, but is {value.Kind}", name, Form);
        }
    }

    private void Command(string command, string subject, YamlMapping content)
    {
        foreach (var (name, value) in content.Entries)
        {
            if (name.Value != "parameters")
                diagnostics.Error(
                    DiagnosticCodes.UnknownKey,
                    $"{subject}: '{name.Value}' is not read",
                    name,
                    EditDistance.IsNear(name.Value, "parameters") ? "did you mean 'parameters'?" : Form);
            else if (value is not YamlMapping && !IsNull(value))
                diagnostics.Error(
                    DiagnosticCodes.WrongKind,
                    $"'{subject}.parameters' must be a table, but is {value.Kind}",
                    name,
                    Form);
            else if (value is YamlMapping parameters && SamNames.ReadCommands.Contains(command))
                Parameters($"{subject}.parameters", parameters);
            else if (SamNames.Commands.Contains(command))
                _unused.Add($"the section '{command}'");
        }
    }

    private void Parameters(string subject, YamlMapping parameters)
    {
        foreach (var (name, value) in parameters.Entries)
        {
            switch (name.Value)
            {
                case "stack_name":
                    if (Text(subject, name, value) is { } stack && !ApplicationName.IsValid(stack))
                        diagnostics.Error(
                            DiagnosticCodes.WrongValue,
                            $"{subject}: '{stack}' is not the name of a stack",
                            name,
                            "allowed: letters, digits and '-', a letter first, at most 128");
                    break;
                case "template_file" or "template":
                    if (Text(subject, name, value) is "")
                        diagnostics.Error(
                            DiagnosticCodes.WrongValue,
                            $"{subject}: '{name.Value}' is empty",
                            name,
                            "name the template, or leave it out");
                    break;
                case SamNames.QualifiedNames:
                    if (value is not YamlScalar { AsBoolean: not null })
                        diagnostics.Error(
                            DiagnosticCodes.WrongKind,
                            $"{subject}: '{name.Value}' must be true or false",
                            name,
                            $"for example {name.Value} = true");
                    break;
                case "parameter_overrides":
                    Overrides(subject, name, value);
                    break;
                case var other when SamNames.Parameters.Contains(other):
                    _unused.Add($"'{other}'");
                    break;
                default:
                    var message = $"{subject}: sam has no parameter '{name.Value}'";
                    Unknown(message, name, SamNames.Parameters, SamNames.ReadParameters);
                    break;
            }
        }
    }

    private string? Text(string subject, YamlScalar name, YamlNode value)
    {
        if (value is YamlScalar { IsNull: false, IsNumber: false, AsBoolean: null } text)
            return text.Value;
        diagnostics.Error(
            DiagnosticCodes.WrongKind,
            $"{subject}: '{name.Value}' must be text",
            name,
            $"for example {name.Value} = \"orders\"");
        return null;
    }

    private void Overrides(string subject, YamlScalar name, YamlNode value)
    {
        var isRight = value switch
        {
            YamlScalar scalar => scalar is { IsNull: false, IsNumber: false, AsBoolean: null },
            YamlSequence list => list.Items.All(i => i is YamlScalar { IsNull: false }),
            YamlMapping table => table.Entries.All(e => e.Value is YamlScalar
                || (e.Value is YamlSequence list && list.Items.All(i => i is YamlScalar))),
            _ => false,
        };
        if (!isRight)
            diagnostics.Error(
                DiagnosticCodes.WrongKind,
                $"{subject}: '{name.Value}' must be text, a list of text, or a table of text",
                name,
                "for example parameter_overrides = \"Stage=dev Level=DEBUG\"");
    }

    private void Unknown(
        string message, YamlScalar at, IReadOnlyCollection<string> known, IReadOnlyCollection<string> isRead)
    {
        var help = NearMiss.Question(at.Value, known);
        if (isRead.Any(read => EditDistance.IsNear(at.Value, read)))
            diagnostics.Error(DiagnosticCodes.UnknownKey, message, at, help);
        else
            diagnostics.Warning(DiagnosticCodes.UnknownKey, $"{message}; it has no effect", at, help);
    }

    private static bool IsNull(YamlNode node) => node is YamlScalar { IsNull: true };
}
