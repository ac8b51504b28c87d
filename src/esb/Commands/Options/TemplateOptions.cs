using System.CommandLine;
using Esb.Cli.Settings;
using Esb.Cli.Templates;
using Esb.Host.Settings;
using Esb.Sam;
using Esb.Sam.Values;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;

namespace Esb.Cli.Commands.Options;

/// <summary>
/// The options for templates and their parameters, shared by every command that reads templates. Values that the
/// command line does not give come from <c>samconfig.toml</c> next to the first named template, as with <c>sam</c>, or
/// in the working folder when no template is named.
/// </summary>
internal static class TemplateOptions
{
    private static readonly string[] DefaultNames = ["template.yaml", "template.yml", "template.json"];

    private static readonly Option<string[]> Template = new("--template", "-t")
    {
        Description = "SAM template; repeatable, a later one wins (default: samconfig.toml here, "
            + "otherwise template.yaml or template.yml)",
        HelpName = "FILE",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string[]> Parameters = new("--parameter-overrides")
    {
        Description =
            "Parameters of the template: Key=Value …, ParameterKey=Key,ParameterValue=Value … or file://PATH",
        HelpName = "PAIRS",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string?> Values = new("--values")
    {
        Description = "Values of exports, SSM parameters, secrets and resources that are on AWS (default: "
            + $"{GivenValues.FileName}, if present)",
        HelpName = "FILE",
    };

    /// <summary>The application.</summary>
    public static Option<string?> Stack { get; } = new("--stack")
    {
        Description = "The application that the templates are part of, and AWS::StackName (default: samconfig.toml, "
            + "otherwise the template's folder)",
        HelpName = "NAME",
    };

    private static readonly Option<bool> QualifiedNames = new("--qualified-names")
    {
        Description = "Name resources without a name APPLICATION-LOGICALID, so that applications do not collide "
            + "(default: qualified_names in samconfig.toml)",
    };

    /// <summary>Turns warnings into errors.</summary>
    public static Option<bool> Strict { get; } =
        new("--strict") { Description = "Treat what would be ignored as an error" };

    /// <summary>All options for templates.</summary>
    public static IReadOnlyList<Option> All { get; } = [Template, Stack, QualifiedNames, Parameters, Values, Strict];

    public static void Add(Command command)
    {
        foreach (var option in All)
            command.Add(option);
    }

    /// <exception cref="CommandFailure">No template was named, and this folder has none.</exception>
    public static IReadOnlyList<string> Templates(ParseResult result, string environment)
    {
        if (result.GetValue(Template) is { Length: > 0 } named)
            return [.. named.Select(Checked)];
        if (Config(result, environment).TemplateFile is { } configured)
            return [Checked(configured)];
        return DefaultNames.FirstOrDefault(File.Exists) is { } template
            ? [template]
            : throw CommandFailure.Usage(
                "there is no template.yaml or template.yml in this folder",
                "name the template with -t FILE, or make one with esb init");
    }

    /// <summary>The parameters of <c>samconfig.toml</c>, overridden by those of the command line.</summary>
    /// <exception cref="CommandFailure">A parameter is not a pair of a key and a value.</exception>
    public static IReadOnlyDictionary<string, string> Overrides(ParseResult result, string environment) =>
        Overrides(result, environment, new ParameterFiles());

    private static OrderedDictionary<string, string> Overrides(
        ParseResult result, string environment, ParameterFiles files)
    {
        var diagnostics = new DiagnosticBag();
        var config = Config(result, environment);
        var values = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in config.ParameterValues
            .Concat(Pairs(ParameterOverrides.Parse(config.ParameterOverrides, diagnostics, files, config.ReadFrom)))
            .Concat(Pairs(ParameterOverrides.Parse(result.GetValue(Parameters) ?? [], diagnostics, files))))
            values[name] = value;
        return diagnostics.HasErrors ? throw new CommandFailure(ExitCode.Usage, [.. diagnostics]) : values;
    }

    /// <summary>All options for reading templates, except those from the platform's settings.</summary>
    /// <exception cref="CommandFailure">An option or a file cannot be used.</exception>
    public static SamOptions Reading(ParseResult result, string environment)
    {
        var application = Application(result, environment);
        var files = new ParameterFiles();
        var overrides = Overrides(result, environment, files);
        var settings = SettingFilesOf(result, files);
        return new SamOptions
        {
            ParameterOverrides = overrides,
            Application = application,
            QualifiedNames = result.GetValue(QualifiedNames) || Config(result, environment).QualifiedNames,
            StackName = application ?? "esb",
            Values = Given(result.GetValue(Values)),
            SettingFiles = settings,
            NamedFiles = SettingFiles.NamedBy(settings),
            Strict = result.GetValue(Strict),
            Notes =
            [
                .. Config(result, environment).Notes,
                .. UnreadSettingFiles.In(ConfigFolder(result), result.GetValue(Values) is not null),
            ],
        };
    }

    // Those that are read, and those of other environments beside them.
    private static List<string> SettingFilesOf(ParseResult result, ParameterFiles files)
    {
        string[] named = result.GetValue(CommonOptions.EnvFile) is { } given ? [given] : [];
        string[] folders = [".", .. Folders(result), .. named.Select(f => Path.GetDirectoryName(f) ?? "")];
        return
        [
            .. files.All,
            result.GetValue(Values) ?? GivenValues.FileName,
            .. named,
            .. SettingFiles.In(folders.Select(f => f.Length == 0 ? "." : f)),
        ];
    }

    private static IEnumerable<(string Name, string Value)> Pairs(IReadOnlyDictionary<string, string> values) =>
        values.Select(pair => (pair.Key, pair.Value));

    private static string? Application(ParseResult result, string environment) =>
        Named(result) ?? Config(result, environment).StackName;

    /// <summary>The application that the command line names; null when it names none.</summary>
    /// <exception cref="CommandFailure">The name is not valid.</exception>
    public static string? Named(ParseResult result) =>
        result.GetValue(Stack) is not { } name ? null
        : ApplicationName.IsValid(name) ? name
        : throw new SettingException("--stack", name, ApplicationName.Rule);

    private static string Checked(string template) =>
        template.Length > 0
            ? template
            : throw CommandFailure.Usage("the name of the template is empty", "name the template with -t FILE");

    private static SamConfig Config(ParseResult result, string environment) =>
        SamConfig.Read(ConfigFolder(result), environment);

    // Each template may have a samconfig file beside it, although only that of the first template is read.
    private static IEnumerable<string> Folders(ParseResult result) =>
        (result.GetValue(Template) ?? []).Select(file => Path.GetDirectoryName(file) ?? "")
            .Append(ConfigFolder(result)).Distinct(StringComparer.Ordinal);

    private static string ConfigFolder(ParseResult result) =>
        result.GetValue(Template) is [var first, ..] && Path.GetDirectoryName(first) is { Length: > 0 } named
            ? named
            : ".";

    private static GivenValues Given(string? named)
    {
        if (named is null && !File.Exists(GivenValues.FileName))
            return GivenValues.None;
        var file = named ?? GivenValues.FileName;
        if (!Path.Exists(file))
            throw CommandFailure.Usage($"{file}: there is no such file of values", "name it with --values FILE");
        var diagnostics = new DiagnosticBag();
        return Sam.Reading.TemplateBytes.Decode(NamedFile.Read(file), file, diagnostics) is { } text
            && GivenValues.Read(text, file, diagnostics) is { } values
            && !diagnostics.HasErrors
            ? values
            : throw new CommandFailure(ExitCode.Usage, [.. diagnostics]);
    }
}
