using System.Text;
using Esb.Cli.Building;
using Esb.Cli.Compose;
using Esb.Cli.Diagnosis;
using Esb.Cli.Gateway;
using Esb.Cli.Terminal;
using Esb.Schema.Yaml;

namespace Esb.Cli.Support;

/// <summary>What goes into a support bundle, and why something does not.</summary>
/// <param name="Entries">Their secrets removed.</param>
/// <param name="Missing">What could not be had, with the reason.</param>
internal sealed record BundleContents(IReadOnlyList<BundleEntry> Entries, IReadOnlyList<string> Missing);

/// <summary>Collects it. Every text passes the redaction on its way in; there is no other way.</summary>
internal sealed class BundleCollection(Patient patient, KnownSecrets secrets, Redaction redaction, TimeProvider time)
{
    private const int ContainerLines = 5_000;

    private readonly List<BundleEntry> _entries = [];
    private readonly List<string> _missing = [];

    public async Task<BundleContents> RunAsync(long logBytes, CancellationToken cancellationToken)
    {
        await AddDoctorAsync(cancellationToken);
        await AddGatewayAsync(cancellationToken);
        AddConfiguration();
        foreach (var (name, text) in MachineReport.Read())
            Add(name, text);
        if (patient.Settings.IsInContainers)
            await AddContainersAsync(logBytes, cancellationToken);
        else
            AddProcesses(logBytes);
        return new BundleContents(_entries, [.. _missing.Select(redaction.Apply)]);
    }

    private void Add(string name, string text) => _entries.Add(new BundleEntry(redaction.Apply(name), redaction.Apply(text)));

    private async Task AddDoctorAsync(CancellationToken cancellationToken)
    {
        var findings = await Examination.RunAsync(patient, time, cancellationToken);
        var lines = findings.SelectMany(finding => DoctorText.Lines(finding, int.MaxValue, new Paint(enabled: false)));
        Add("doctor.txt", string.Join('\n', [.. lines, DoctorText.Sum(findings), ""]));
        Add("doctor.json", new DoctorDocument(patient.Version, patient.Settings.Mode, patient.Settings.Project, time.GetUtcNow(), findings).ToJson() + "\n");
    }

    private async Task AddGatewayAsync(CancellationToken cancellationToken)
    {
        foreach (var (name, path) in new[] { ("status.json", "/status"), ("metrics.txt", "/metrics") })
        {
            try
            {
                using var gateway = GatewayConnection.Open(patient.Settings);
                Add(name, Encoding.UTF8.GetString(await gateway.Admin.GetAsync(path, cancellationToken)) + "\n");
            }
            catch (CommandFailure e)
            {
                _missing.Add($"{name}: {e.Message}");
            }
        }
    }

    private void AddConfiguration()
    {
        foreach (var (name, file) in secrets.Files)
            Add($"config/{name}", YamlTextWriter.Write(file.Document));
        foreach (var name in secrets.Unread)
            _missing.Add($"config/{name}: it cannot be read, so nobody can tell what is secret in it");
        if (patient.Settings.EnvFile.Count > 0)
            Add("config/env.txt", string.Concat(patient.Settings.EnvFile.Keys.Order(StringComparer.Ordinal).Select(name => $"{name}={DocumentRedaction.Placeholder}\n")));
        var state = patient.Settings.State;
        if (!patient.Settings.IsInContainers && File.Exists(state.PlatformFile))
            Add("state/platform.json", File.ReadAllText(state.PlatformFile));
    }

    private void AddProcesses(long logBytes)
    {
        var state = patient.Settings.State;
        var folder = new DirectoryInfo(state.Logs);
        if (!folder.Exists)
            return;
        var isKnown = secrets.Unread.Count == 0;
        if (!isKnown)
            _missing.Add("logs: the secrets of functions are not known while a file cannot be read");
        var files = isKnown ? folder.EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.LinkTarget is null) : [];
        var plan = LogExcerpts.Plan(files.Select(file => new LogFile(file.FullName, file.Length, file.LastWriteTimeUtc)), logBytes);
        foreach (var (file, bytes) in plan.OrderBy(item => item.File.Path, StringComparer.Ordinal))
        {
            try
            {
                Add($"logs/{Path.GetRelativePath(state.Logs, file.Path)}", LogExcerpts.Read(file.Path, bytes));
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
            var project = ComposeProject.Of(patient.Settings, patient.Settings.Mode);
            await AddAsync(engine, "engine/version.txt", ["version"], cancellationToken);
            await AddAsync(engine, "engine/info.txt", ["info"], cancellationToken);
            await AddAsync(engine, "engine/containers.txt", project.Command("ps", "--all"), cancellationToken);
            if (secrets.Unread.Count > 0)
            {
                _missing.Add("logs: the secrets of functions are not known while a file cannot be read");
                return;
            }

            var services = await engine.RunAsync(new DockerCall(project.Command("ps", "--all", "--services")) { Environment = project.Environment }, cancellationToken);
            foreach (var service in services.Output)
                await AddAsync(engine, $"logs/{service}.log", project.Command("logs", "--no-color", "--timestamps", "--tail", $"{ContainerLines}", service), cancellationToken, logBytes / Math.Max(services.Output.Count, 1));
        }
        catch (CommandFailure e)
        {
            _missing.Add($"engine: {e.Message}");
        }
    }

    private async Task AddAsync(DockerEngine engine, string name, IReadOnlyList<string> arguments, CancellationToken cancellationToken, long most = long.MaxValue)
    {
        var environment = new Dictionary<string, string?> { [Settings.SettingNames.ConfigDir] = patient.Settings.ConfigFolder };
        var result = await engine.RunAsync(new DockerCall(arguments) { Environment = environment }, cancellationToken);
        if (!result.Succeeded)
        {
            _missing.Add($"{name}: {result.Reason}");
            return;
        }

        // The newest lines.
        var kept = result.Output.Reverse().TakeWhile(line => (most -= line.Length + 1) >= 0).Reverse();
        Add(name, string.Join('\n', [.. kept, ""]));
    }
}
