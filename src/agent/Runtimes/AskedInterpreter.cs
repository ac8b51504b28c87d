using System.Collections;
using System.Text;
using Esb.Agent.Launching;
using Esb.Host.Processes;
using Esb.Interpreters;

namespace Esb.Agent.Runtimes;

/// <summary>Asks a program which interpreter it really is.</summary>
internal sealed class AskedInterpreter(ChildProcesses children)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <returns>Null when it is none, such as the shim of a version that is not installed.</returns>
    public async Task<Interpreter?> AskAsync(Language language, string program)
    {
        try
        {
            using var child = await children.StartAsync(new LaunchPlan
            {
                Program = program,
                Arguments = InterpreterQuestion.Arguments(language),
                Folder = InterpreterQuestion.Folder,
                // The agent's own environment: version managers choose by it.
                Environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!),
            });
            using var patience = new CancellationTokenSource(Patience);
            await using var registration = patience.Token.Register(() => child.Signal(Native.SigKill));
            var error = child.Error.CopyToAsync(Stream.Null, CancellationToken.None);
            using var reader = new StreamReader(child.Output, Encoding.UTF8);
            var answer = await reader.ReadToEndAsync(CancellationToken.None);
            await error;
            return (await child.Exited).Code == 0 ? InterpreterQuestion.Understand(answer) : null;
        }
        catch (LaunchException)
        {
            return null;
        }
    }
}
