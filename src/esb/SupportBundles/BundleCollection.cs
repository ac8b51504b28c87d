using System.Text;
using Esb.AdminProtocol;
using Esb.Cli.Compose;
using Esb.Cli.Containers;
using Esb.Cli.Diagnosis;
using Esb.Cli.Gateway;
using Esb.Cli.Terminal;
using Esb.Host.Files;
using Esb.Schema.Yaml;

namespace Esb.Cli.SupportBundles;

/// <summary>Collects the content. Every text passes through the redaction.</summary>
internal sealed class BundleCollection(
    DiagnosedPlatform platform,
    KnownSecrets secrets,
    Redaction redaction,
    TimeProvider time)
{
    private const int ContainerLines = 5_000;

    private readonly List<BundleEntry> _entries = [];
    private readonly List<string> _missing = [];

    public async Task<BundleContents> RunAsync(long logBytes, CancellationToken cancellationToken)
    {
        await AddDoctorAsync(cancellationToken);
        await AddGatewayAsync(cancellationToken);
        await AddConfigurationAsync(cancellationToken);
        foreach (var (name, text) in MachineReport.Read())
            await AddAsync(name, () => text, cancellationToken);
        if (platform.Settings.IsInContainers)
            await AddContainersAsync(logBytes, cancellationToken);
        else
            await AddProcessesAsync(logBytes, cancellationToken);
        return new BundleContents(_entries, [.. _missing.Select(redaction.Apply)]);
    }

    // Logs may be large: a cancelled command does not wait until one is read and searched. Nothing has been written by
    // then.
    private async Task AddAsync(string name, Func<string> text, CancellationToken cancellationToken)
    {
        var entry = Task.Run(() => new BundleEntry(redaction.Apply(name), redaction.Apply(text())), cancellationToken);
        _entries.Add(await entry.WaitAsync(cancellationToken));
    }

    private async Task AddDoctorAsync(CancellationToken cancellationToken)
    {
        var findings = await DoctorChecks.RunAsync(platform, time, cancellationToken);
        var lines = findings.SelectMany(finding => DoctorText.Lines(finding, int.MaxValue, new Paint(enabled: false)));
        await AddAsync(
            "doctor.txt", () => string.Join('\n', [.. lines, DoctorText.Summary(findings), ""]), cancellationToken);
        var document = new DoctorDocument(
            platform.Version, platform.Settings.Mode.Name, platform.Settings.Project, time.GetUtcNow(), findings);
        await AddAsync("doctor.json", () => document.ToJson() + "\n", cancellationToken);
    }

    private async Task AddGatewayAsync(CancellationToken cancellationToken)
    {
        foreach (var (name, path) in new[] { ("status.json", AdminPath.Status), ("metrics.txt", AdminPath.Metrics) })
        {
            try
            {
                using var gateway = GatewayConnection.Open(platform.Settings);
                var answer = await gateway.Admin.GetAsync(path, cancellationToken);
                await AddAsync(name, () => Encoding.UTF8.GetString(answer) + "\n", cancellationToken);
            }
            catch (CommandFailure e)
            {
                _missing.Add($"{name}: {e.Message}");
            }
        }
    }

    private async Task AddConfigurationAsync(CancellationToken cancellationToken)
    {
        foreach (var (name, file) in secrets.Files)
            await AddAsync($"config/{name}", () => YamlTextWriter.Write(file.Document), cancellationToken);
        foreach (var name in secrets.Unread)
            _missing.Add($"config/{name}: it cannot be read, so its secrets are unknown");
        if (platform.Settings.EnvFile.Count > 0)
        {
            var lines = platform.Settings.EnvFile.Keys.Order(StringComparer.Ordinal)
                .Select(name => $"{name}={DocumentRedaction.Placeholder}\n");
            await AddAsync("config/env.txt", () => string.Concat(lines), cancellationToken);
        }

        var state = platform.Settings.State;
        if (!platform.Settings.IsInContainers && File.Exists(state.PlatformFile))
            await AddAsync("state/platform.json", () => OrdinaryFile.ReadText(state.PlatformFile), cancellationToken);
    }

    private async Task AddProcessesAsync(long logBytes, CancellationToken cancellationToken)
    {
        var state = platform.Settings.State;
        var folder = new DirectoryInfo(state.Logs);
        if (!folder.Exists)
            return;
        var isKnown = secrets.Unread.Count == 0;
        if (!isKnown)
            _missing.Add("logs: the secrets of functions are not known while a file cannot be read");
        var files = isKnown
            ? folder.EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.LinkTarget is null)
            : [];
        var plan = LogExcerpts.Plan(
            files.Select(file => new LogFile(file.FullName, file.Length, file.LastWriteTimeUtc)), logBytes);
        foreach (var (file, bytes) in plan.OrderBy(item => item.File.Path, StringComparer.Ordinal))
        {
            try
            {
                await AddAsync(
                    $"logs/{Path.GetRelativePath(state.Logs, file.Path)}",
                    () => LogExcerpts.Read(file.Path, bytes),
                    cancellationToken);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                _missing.Add($"{file.Path}: {e.Message}");
            }
        }
    }

    private async Task AddContainersAsync(long logBytes, CancellationToken cancellationToken)
    {
        var engine = new DockerEngine();
        try
        {
            var project = ComposeProject.Of(platform.Settings, platform.Settings.Mode);
            await AddOfEngineAsync(engine, "engine/version.txt", ["version"], cancellationToken);
            await AddOfEngineAsync(engine, "engine/info.txt", ["info"], cancellationToken);
            await AddOfEngineAsync(engine, "engine/containers.txt", project.Command("ps", "--all"), cancellationToken);
            if (secrets.Unread.Count > 0)
            {
                _missing.Add("logs: the secrets of functions are not known while a file cannot be read");
                return;
            }

            var services = await engine.RunAsync(
                new DockerCall(project.Command("ps", "--all", "--services")) { Environment = project.Environment },
                cancellationToken);
            foreach (var service in services.Output)
                await AddOfEngineAsync(
                    engine,
                    $"logs/{service}.log",
                    project.Command("logs", "--no-color", "--timestamps", "--tail", $"{ContainerLines}", service),
                    cancellationToken,
                    logBytes / Math.Max(services.Output.Count, 1));
        }
        catch (CommandFailure e)
        {
            _missing.Add($"engine: {e.Message}");
        }
    }

    private async Task AddOfEngineAsync(
        DockerEngine engine,
        string name,
        IReadOnlyList<string> arguments,
        CancellationToken cancellationToken,
        long most = long.MaxValue)
    {
        var environment =
            new Dictionary<string, string?> { [Settings.SettingNames.ConfigDir] = platform.Settings.ConfigFolder };
        var result = await engine.RunAsync(new DockerCall(arguments) { Environment = environment }, cancellationToken);
        if (!result.Succeeded)
        {
            _missing.Add($"{name}: {result.Reason}");
            return;
        }

        // The newest lines.
        var kept = result.Output.Reverse().TakeWhile(line => (most -= line.Length + 1) >= 0).Reverse();
        await AddAsync(name, () => string.Join('\n', [.. kept, ""]), cancellationToken);
    }
}
