using System.Collections.Concurrent;
using Esb.Agent.Backends;
using Esb.Interpreters;
using Microsoft.Extensions.Logging;

namespace Esb.Agent.Runtimes;

/// <summary>
/// Finds interpreters on the agent's PATH, once for each runtime: querying a version manager's shim takes longer than
/// starting a worker.
/// </summary>
internal sealed partial class InterpreterSearch(
    Func<Language, string, Task<Interpreter?>> ask,
    ILogger<InterpreterSearch> logger)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<Interpreter>>> _found = new(StringComparer.Ordinal);

    /// <exception cref="CannotStartException">This machine has no such interpreter.</exception>
    public async Task<Interpreter> FindAsync(RuntimeName runtime, WantedInterpreter wanted)
    {
        var search = _found.GetOrAdd(
            runtime.Text, _ => new Lazy<Task<Interpreter>>(() => SearchAsync(runtime, wanted)));
        try
        {
            var interpreter = await search.Value;
            if (File.Exists(interpreter.Path))
                return interpreter;
        }
        catch (CannotStartException)
        {
            // A missing interpreter may be installed without a restart of the agent.
            _found.TryRemove(KeyValuePair.Create(runtime.Text, search));
            throw;
        }

        _found.TryRemove(KeyValuePair.Create(runtime.Text, search));
        return await SearchAsync(runtime, wanted);
    }

    private async Task<Interpreter> SearchAsync(RuntimeName runtime, WantedInterpreter wanted)
    {
        var path = new InterpreterPath(Environment.GetEnvironmentVariable("PATH"), ask);
        var chosen = await path.FindAsync(wanted) ?? throw new CannotStartException(Missing(wanted));
        if (wanted.IsMetBy(chosen))
            LogFound(logger, runtime.Text, chosen.Path, chosen.Version);
        else
            LogOther(logger, runtime.Text, chosen.Path, chosen.Version);
        return chosen;
    }

    private static string Missing(WantedInterpreter wanted)
    {
        var (program, package) = wanted.Language == Language.Python
            ? ($"python{wanted.Version}", "python3")
            : ($"node {wanted.Version}", "nodejs");
        return $"{program} is not on this machine; apt-get install {package}, or put another one on the PATH of "
            + "esb-agent";
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Runtime} is {Path} ({Version})")]
    private static partial void LogFound(ILogger logger, string runtime, string path, string version);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Runtime} is not on this machine; its functions run on {Path} ({Version})")]
    private static partial void LogOther(ILogger logger, string runtime, string path, string version);
}
