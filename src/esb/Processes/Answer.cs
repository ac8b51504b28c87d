using System.ComponentModel;
using CliWrap;
using CliWrap.Buffered;

namespace Esb.Cli.Processes;

/// <summary>The result of a short run of a program.</summary>
/// <param name="Succeeded">Whether it ended with exit code 0.</param>
/// <param name="First">The first line of its output.</param>
/// <param name="Reason">Why it did not succeed.</param>
internal sealed record Answer(bool Succeeded, string First, string Reason)
{
    /// <summary>All of its output.</summary>
    public string Output { get; private init; } = "";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public static async Task<Answer> OfAsync(
        string program,
        IReadOnlyList<string> question,
        CancellationToken cancellationToken,
        IReadOnlyDictionary<string, string?>? environment = null,
        string folder = "")
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Timeout);
        try
        {
            var result = await CliWrap.Cli.Wrap(program)
                .WithArguments(question)
                .WithWorkingDirectory(folder.Length == 0 ? Directory.GetCurrentDirectory() : folder)
                .WithEnvironmentVariables(environment ?? new Dictionary<string, string?>())
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(timeout.Token);
            return new Answer(
                result.ExitCode == 0,
                Line(result.StandardOutput),
                Line(result.StandardError) is { Length: > 0 } error ? error : $"exit code {result.ExitCode}")
            {
                Output = result.StandardOutput,
            };
        }
        catch (Win32Exception e)
        {
            return new Answer(false, "", e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Answer(false, "", $"it did not answer for {Timeout.TotalSeconds:0} s");
        }
    }

    private static string Line(string text) =>
        text.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0) ?? "";
}
