using Esb.Manifests;
using Esb.Provisioner.Converging;
using Esb.Provisioner.Manifests;
using Esb.Provisioner.Output;
using Esb.Provisioner.Settings;
using Esb.Provisioner.Stores;
using Esb.Schema.Diagnostics;

namespace Esb.Provisioner;

/// <summary>
/// One run, from the manifest to the exit code. Results go to standard output, everything else to standard error.
/// </summary>
/// <param name="settings">The settings in the environment.</param>
/// <param name="line">The command line.</param>
/// <param name="output">Receives the results.</param>
/// <param name="error">Receives diagnostics and progress.</param>
internal sealed class ProvisionerProcess(
    ProvisionerSettings settings,
    CommandLine line,
    Stream output,
    TextWriter error)
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int Interrupted = 130;

    private const int SettlingFactor = 10;

    private readonly DiagnosticBag _diagnostics = [];
    private bool _isPlan;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<ResourceReport> reports = [];
        var exit = Done;
        if (Manifest.Find(settings, _diagnostics) is { } path)
        {
            try
            {
                if (Manifest.Read(path, _diagnostics) is { } wanted)
                    reports = await ConvergeAsync(wanted, cancellationToken);
            }
            catch (StoreFailure e)
            {
                _diagnostics.Add(
                    new Diagnostic(Severity.Error, DiagnosticCodes.Environment, e.Message, path, Help: e.Help));
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                _diagnostics.Add(new Diagnostic(
                    Severity.Error,
                    DiagnosticCodes.Environment,
                    "stopped; changes that were begun may have been made",
                    path,
                    Help: "running again continues from there"));
                exit = Interrupted;
            }
        }
        else if (!_diagnostics.HasErrors)
        {
            await error.WriteLineAsync(
                $"no manifest, nothing to do (looked for {string.Join(", ", settings.Manifests)})");
        }

        await PrintAsync(reports);
        return exit != Done ? exit : _diagnostics.HasErrors ? Failed : Done;
    }

    private async Task<IReadOnlyList<ResourceReport>> ConvergeAsync(
        WantedResources wanted,
        CancellationToken cancellationToken)
    {
        using var tables = StoreClients.Tables(settings, line.AllowIndexRemoval || settings.AllowIndexRemoval, error);
        using var buckets = StoreClients.Buckets(settings, error);
        var run = new ProvisioningRun(
            tables, buckets, new Timeouts(settings.Timeout, settings.Timeout * SettlingFactor));
        var plans = await run.PlanAsync(wanted, cancellationToken);
        var isRefused = plans.Any(p => p.Plan.IsRefused);
        var reports = line.DryRun || isRefused
            ? [.. plans.Select(p => ResourceReport.Of(p.Kind.Noun, p.Written.Name, p.Plan))]
            : await run.ApplyAsync(plans, cancellationToken);
        foreach (var (report, planned) in reports.Zip(plans))
            ReportDiagnostics.Add(report, planned.Written, _diagnostics);
        if (isRefused && !line.DryRun)
            await error.WriteLineAsync("a resource is refused; nothing was changed");
        _isPlan = line.DryRun || isRefused;
        return reports;
    }

    private async Task PrintAsync(IReadOnlyList<ResourceReport> reports)
    {
        if (line.Json)
        {
            ReportDocument.Of(reports, _diagnostics, line.DryRun).Write(output);
        }
        else
        {
            await using var text = new StreamWriter(output, leaveOpen: true);
            foreach (var one in ReportLines.Of(reports, _isPlan))
                await text.WriteLineAsync(one);
            if (line.DryRun)
                await text.WriteLineAsync(ReportLines.Sum(reports));
        }

        foreach (var diagnostic in _diagnostics)
            await error.WriteLineAsync(diagnostic.ToString());
    }
}
