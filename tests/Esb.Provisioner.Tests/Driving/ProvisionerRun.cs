using System.Diagnostics;
using Esb.Provisioner.Tests.Servers;
using Esb.Testing.Servers;

namespace Esb.Provisioner.Tests.Driving;

/// <summary>The output and exit code of a run.</summary>
internal sealed record RunResult(int ExitCode, string Output, string Error)
{
    public override string ToString() => $"exit code {ExitCode}\n{Output}{Error}";
}

/// <summary>Runs esb-provisioner as a real process, with its own manifest and folder.</summary>
internal sealed class ProvisionerRun : IDisposable
{
    private static readonly TimeSpan Patience = Waits.Longest;

    private readonly string _folder = Directory.CreateTempSubdirectory("esb-provisioner").FullName;
    private readonly Dictionary<string, string> _environment;

    public ProvisionerRun(Uri? dynamoDb = null, Uri? s3 = null)
    {
        Manifest = Path.Combine(_folder, "resources.yml");
        _environment = new Dictionary<string, string>
        {
            ["RESOURCES_YML"] = Manifest,
            ["AWS_ACCESS_KEY_ID"] = LocalStores.Key,
            ["AWS_SECRET_ACCESS_KEY"] = LocalStores.Key,
            ["AWS_REGION"] = "us-east-1",
            // A test that does not name a store must not find one.
            ["AWS_ENDPOINT_URL_DYNAMODB"] = dynamoDb?.AbsoluteUri ?? "http://127.0.0.1:1",
            ["AWS_ENDPOINT_URL_S3"] = s3?.AbsoluteUri ?? "http://127.0.0.1:1",
        };
    }

    public string Folder => _folder;

    public string Manifest { get; }

    /// <summary>Sets a variable, or removes it.</summary>
    public ProvisionerRun With(string variable, string? value)
    {
        if (value is null)
            _environment.Remove(variable);
        else
            _environment[variable] = value;
        return this;
    }

    /// <summary>Writes the manifest and runs to the end.</summary>
    public async Task<RunResult> ApplyAsync(string manifest, params string[] arguments)
    {
        await File.WriteAllTextAsync(Manifest, manifest);
        return await RunAsync(arguments);
    }

    public async Task<RunResult> RunAsync(params string[] arguments) => await EndAsync(Start(arguments));

    /// <summary>
    /// Runs as a user without access to a folder: root becomes another user, others remove their own permission.
    /// </summary>
    public async Task<RunResult> AsStrangerAsync(string folder)
    {
        File.SetUnixFileMode(folder, UnixFileMode.None);
        try
        {
            var isRoot = Environment.IsPrivilegedProcess;
            File.SetUnixFileMode(
                _folder, File.GetUnixFileMode(_folder) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
            return await EndAsync(isRoot
                ? Start(
                    "setpriv", ["--reuid", "65532", "--regid", "65532", "--clear-groups", Programs.Find("provisioner")])
                : Start([]));
        }
        finally
        {
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static async Task<RunResult> EndAsync(Process started)
    {
        using var process = started;
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var error = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return new RunResult(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException("esb-provisioner did not end");
        }
    }

    /// <summary>Runs with bytes instead of text as input and output.</summary>
    public async Task<(int ExitCode, byte[] Output, string Error)> PipeAsync(byte[] input, params string[] arguments)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var process = Start(Programs.Find("provisioner"), arguments, isFed: true);
        try
        {
            using var output = new MemoryStream();
            var copied = process.StandardOutput.BaseStream.CopyToAsync(output, patience.Token);
            var error = process.StandardError.ReadToEndAsync(patience.Token);
            await process.StandardInput.BaseStream.WriteAsync(input, patience.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(patience.Token);
            await copied;
            return (process.ExitCode, output.ToArray(), await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException("esb-provisioner did not end");
        }
    }

    /// <summary>Starts the process; the caller ends it.</summary>
    public Process Start(params string[] arguments) => Start(Programs.Find("provisioner"), arguments);

    /// <summary>Starts the process with a pipe to its standard input; the caller ends it.</summary>
    public Process StartFed(params string[] arguments) => Start(Programs.Find("provisioner"), arguments, isFed: true);

    private Process Start(string program, string[] arguments, bool isFed = false)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = isFed,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder,
        };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("AWS_", StringComparison.Ordinal)
            || k.StartsWith("PROVISION_", StringComparison.Ordinal)
            || k is "CONFIG_DIR" or "RESOURCES_YML").ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in _environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
