using System.Diagnostics;

namespace Esb.Engine.Tests.Engines;

/// <summary>Runs a program of the machine to its end.</summary>
internal static class Tool
{
    /// <returns>What it wrote to its standard output.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {await error}");
    }

    /// <summary>The words of its output.</summary>
    public static async Task<string[]> WordsAsync(string program, params string[] arguments) =>
        (await RunAsync(program, arguments)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
