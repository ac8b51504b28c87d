using System.Collections;
using System.Text;
using Esb.Agent.Launching;
using Esb.Host.Processes;
using Esb.Interpreters;

namespace Esb.Agent.Runtimes;

/// <summary>Runs <see cref="InterpreterQuery"/> as a child process.</summary>
internal sealed class InterpreterQueryProcess(ChildProcesses children)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    /// <returns>Null when it is not an interpreter, such as the shim of a version that is not installed.</returns>
    public async Task<Interpreter?> RunAsync(Language language, string program)
    {
        try
        {
            using var child = await children.StartAsync(new LaunchPlan
            {
                Program = program,
                Arguments = InterpreterQuery.Arguments(language),
                Folder = InterpreterQuery.Folder,
                // The query runs with the agent's own environment, because version managers choose by it.
                Environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
                    .ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!),
            });
            using var deadline = new CancellationTokenSource(Timeout);
            await using var registration = deadline.Token.Register(() => child.Signal(Native.SigKill));
            var error = child.Error.CopyToAsync(Stream.Null, CancellationToken.None);
            using var reader = new StreamReader(child.Output, Encoding.UTF8);
            var answer = await reader.ReadToEndAsync(CancellationToken.None);
            await error;
            return (await child.Exited).Code == 0 ? InterpreterQuery.Parse(answer) : null;
        }
        catch (LaunchException)
        {
            return null;
        }
    }
}
