using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CliWrap;
using Esb.Cli.Processes;
using Esb.Cli.Settings;
using Esb.Cli.Terminal;
using Esb.Origins;

namespace Esb.Cli.Platform.Stores;

/// <summary>
/// dynalite, the DynamoDB of process mode: installed at first use from the lock file inside this binary, into a folder
/// that is named by the hash of that lock file, so that another version of esb installs its own beside it. A release
/// includes the same folder (<c>lib/esb/stores</c> beside the binaries' folder), so that neither npm nor a network is
/// needed.
/// </summary>
internal sealed class DatabaseInstallation(StateFolder state)
{
    private const string Package = "package.json";
    private const string PackageLock = "package-lock.json";
    private const string Pages = "foreign-pages.cjs";
    private const string Advice =
        "install Node.js 20 or later with npm, or set AWS_ENDPOINT_URL_DYNAMODB to a database of your own";
    private const int OldestNode = 20;

    // npm never ends when a proxy refuses every connection.
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(5);

    private readonly string _folder = Path.Combine(state.Stores, Hash());

    /// <summary>The folder of the installation, named by its content.</summary>
    public string Folder => _folder;

    /// <summary>The program that node runs.</summary>
    public string Program => File.Exists(In(Released)) ? In(Released) : In(_folder);

    public bool IsInstalled => File.Exists(Program);

    /// <summary>The npm that installs it; null for the one on the PATH.</summary>
    public string? Npm { get; init; }

    /// <summary>How long npm may take.</summary>
    public TimeSpan Timeout { get; init; } = DefaultTimeout;

    private static string Released { get; } =
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "lib", "esb", "stores", Hash()));

    // A module that is loaded later handles a request first: the access check, then the completeness check.
    private static readonly string[] LoadedBefore =
    [
        "bounded-output.cjs", "supervised.cjs", "linear-parsers.cjs", "bounded-values.cjs", "whole-requests.cjs", Pages,
    ];

    /// <summary>
    /// The modules that node loads before the database, in this order: log limits, restarts, and request checks.
    /// </summary>
    public static IReadOnlyList<string> ScriptsBefore(StateFolder state) =>
        [.. LoadedBefore.Select(name => Path.Combine(state.Stores, name))];

    /// <summary>
    /// The check that keeps web pages from the database, with the lists that it shares with the other ports.
    /// </summary>
    public static string ForeignPagesScript() => Encoding.UTF8.GetString(Embedded(Pages))
        .Replace("PROXY-NAMES", string.Join(',', ProxyMarks.Names), StringComparison.Ordinal)
        .Replace("PROXY-PREFIXES", string.Join(',', ProxyMarks.Prefixes), StringComparison.Ordinal);

    /// <exception cref="CommandFailure">Node is missing, or npm is missing where it is needed.</exception>
    public static string FindNode() => Executables.Find("node")
        ?? throw CommandFailure.Environment("the local database needs node, which is not on the PATH", Advice);

    /// <summary>
    /// Finds everything that an installation needs, before anything is started, and writes the modules that node loads.
    /// </summary>
    /// <exception cref="CommandFailure">Something is missing.</exception>
    public void CheckNeeds()
    {
        FindNode();
        foreach (var script in LoadedBefore)
            File.WriteAllText(
                Path.Combine(state.Stores, script),
                script == Pages ? ForeignPagesScript() : Encoding.UTF8.GetString(Embedded(script)));
        if (!IsInstalled && Executables.Find("npm") is null)
            throw CommandFailure.Environment(
                "installing the local database needs npm, which is not on the PATH", Advice);
    }

    /// <summary>Installs it; the folder is complete or absent.</summary>
    /// <exception cref="CommandFailure">Node is too old, or npm failed; its last lines are in the details.</exception>
    public async Task InstallAsync(CancellationToken cancellationToken)
    {
        await CheckNodeVersionAsync(cancellationToken);
        var temporary = string.Create(CultureInfo.InvariantCulture, $"{_folder}.{Environment.ProcessId}");
        try
        {
            Directory.CreateDirectory(temporary);
            await File.WriteAllBytesAsync(Path.Combine(temporary, Package), Embedded(Package), cancellationToken);
            await File.WriteAllBytesAsync(
                Path.Combine(temporary, PackageLock), Embedded(PackageLock), cancellationToken);
            await RunNpmAsync(temporary, cancellationToken);
            Directory.Move(temporary, _folder);
        }
        finally
        {
            if (Directory.Exists(temporary))
                Directory.Delete(temporary, recursive: true);
        }
    }

    private static string In(string folder) => Path.Combine(folder, "node_modules", "dynalite", "cli.js");

    // --ignore-scripts: the packages contain their compiled parts, so that no script has to run.
    private async Task RunNpmAsync(string folder, CancellationToken cancellationToken)
    {
        var output = new StringBuilder();
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Timeout);
        try
        {
            var result = await CliWrap.Cli.Wrap(Npm ?? Executables.Find("npm")!)
                .WithArguments(
                [
                    "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error",
                    "--fetch-retries=2",
                ])
                .WithWorkingDirectory(folder)
                .WithStandardOutputPipe(PipeTarget.ToStringBuilder(output))
                .WithStandardErrorPipe(PipeTarget.ToStringBuilder(output))
                .WithValidation(CommandResultValidation.None)
                .ExecuteAsync(timeout.Token);
            if (result.ExitCode != 0)
                throw NotInstalled($"npm ci ended with exit code {result.ExitCode}", "fix what npm reports", output);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw NotInstalled(
                $"npm ci had not ended after {DurationText.Waited(Timeout)}",
                "check that npm reaches its registry, and the proxy that HTTPS_PROXY or npm's own configuration names",
                output);
        }
    }

    private static CommandFailure NotInstalled(string what, string help, StringBuilder output) => CommandFailure
        .Environment(
            $"the local database could not be installed: {what}",
            $"{help}, or set AWS_ENDPOINT_URL_DYNAMODB to a database of your own")
        .WithDetails([.. Lines(output).TakeLast(10)]);

    private static async Task CheckNodeVersionAsync(CancellationToken cancellationToken)
    {
        var output = new StringBuilder();
        await CliWrap.Cli.Wrap(FindNode())
            .WithArguments(["--version"])
            .WithStandardOutputPipe(PipeTarget.ToStringBuilder(output))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(cancellationToken);
        var version = output.ToString().Trim();
        var major = version.TrimStart('v').Split('.')[0];
        if (int.TryParse(major, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < OldestNode)
            throw CommandFailure.Environment(
                $"the local database needs Node.js {OldestNode} or later; the node on the PATH is {version}", Advice);
    }

    private static IEnumerable<string> Lines(StringBuilder output) =>
        output.ToString().Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0);

    private static string Hash() =>
        Convert.ToHexStringLower(SHA256.HashData([.. Embedded(Package), .. Embedded(PackageLock)]))[..12];

    private static byte[] Embedded(string name)
    {
        using var stream = typeof(DatabaseInstallation).Assembly.GetManifestResourceStream($"stores/{name}")!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
