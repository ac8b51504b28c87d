using System.Diagnostics;

namespace Esb.Testing.Servers;

/// <summary>
/// Where test servers are installed, once per machine and version. A folder is either complete or absent.
/// </summary>
public static class InstallationFolder
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    private static readonly string Root = Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache
            ? cache
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"), "esb-tests");

    /// <summary>The folder with this name; if it is absent, <paramref name="install"/> creates it.</summary>
    public static async Task<string> OfAsync(string name, Func<string, Task> install)
    {
        var folder = Path.Combine(Root, name);
        Directory.CreateDirectory(Root);
        await using var held = await LockAsync(folder + ".lock");
        if (Directory.Exists(folder))
            return folder;
        var temporary = folder + ".new";
        if (Directory.Exists(temporary))
            Directory.Delete(temporary, recursive: true);
        await install(temporary);
        Directory.Move(temporary, folder);
        return folder;
    }

    /// <summary>Runs a program of the installation to its end.</summary>
    public static async Task RunAsync(
        string program,
        string folder,
        string? input,
        params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (input is not null)
            await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException(
                $"{program} ended with {process.ExitCode}: {await output}{await error}");
    }

    // Another run of the tests may be installing the same.
    private static async Task<FileStream> LockAsync(string path)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(200, patience.Token);
            }
        }
    }
}
