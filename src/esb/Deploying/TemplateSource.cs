using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Modes;
using Esb.Cli.Settings;
using Esb.Cli.Templates;
using Esb.Cli.Terminal;
using Esb.Sam;
using Esb.Sam.Generating;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Cli.Deploying;

/// <summary>Templates as the source of a deploy; the mode builds them.</summary>
internal sealed class TemplateSource : IDeploySource
{
    private readonly DeployRequest _request;
    private readonly SamOptions _reading;
    private readonly IDeployMode _mode;
    private TemplateSet _templates = new([]);
    private IncomingConfiguration? _incoming;

    /// <exception cref="CommandFailure">Something that the mode needs is missing.</exception>
    public TemplateSource(DeployRequest request, PlatformSettings settings, TimeProvider time)
    {
        (_request, _mode) = (request, IDeployMode.Of(request, settings, time));
        _reading = request.Reading with
        {
            ParameterOverrides = request.Parameters,
            Region = settings.Region,
            PlatformFolders = [_mode.Target.Folder, settings.State.Root],
        };
    }

    public DeployTarget Target => _mode.Target;

    public int ErrorExitCode => ExitCode.Usage;

    public DeployOutline? Read(DiagnosticBag diagnostics)
    {
        _templates = TemplateSet.Read(_request.Templates, _reading, diagnostics, Deployed());
        if (diagnostics.HasErrors)
            return null;
        var incoming = _incoming = _templates.Generate();
        DocumentCheck.Run(incoming, diagnostics);
        return diagnostics.HasErrors ? null : new DeployOutline(incoming, _templates.Notes);
    }

    /// <summary>
    /// The errors of a strict reading of the templates. What depends on the platform is checked when the bundle is
    /// deployed.
    /// </summary>
    public IEnumerable<Diagnostic> Doubts()
    {
        var diagnostics = new DiagnosticBag { WarningsAreErrors = true };
        var strict = _reading with { Strict = true };
        _ = TemplateSet.Read(_request.Templates, strict, diagnostics, Destinations.Named(_templates.Templates));
        return diagnostics.Where(d => d.Severity == Severity.Error);
    }

    // Errors in these files are reported when they are merged.
    private HashSet<string> Deployed()
    {
        try
        {
            return [
                .. (ConfigurationFolder.ReadDamaged(
                    Target.Folder, []).Functions.Document["functions"] as YamlMapping)?.Entries.Select(e => e.Key.Value)
                    ?? [],
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    public async Task<BuiltConfiguration?> BuildAsync(
        BuildProgress progress, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        IReadOnlyList<BuiltFunction> built =
        [
            .. (await _mode.BuildAsync(_templates.Templates, progress, diagnostics, cancellationToken))
                .SelectMany(b => b),
        ];
        if (diagnostics.HasErrors || _incoming is not { } incoming)
            return null;
        // When two functions have the same name, the documents contain the one of the later template.
        var artifacts = new Dictionary<string, FunctionArtifact>(StringComparer.Ordinal);
        foreach (var function in built)
            artifacts[function.Name] = function.Artifact;
        return new BuiltConfiguration(
            incoming with { Functions = BuiltFunctions.In(incoming.Functions, artifacts) }, built);
    }
}
