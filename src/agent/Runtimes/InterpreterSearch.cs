using System.Collections.Concurrent;
using Esb.Agent.Backends;
using Microsoft.Extensions.Logging;

namespace Esb.Agent.Runtimes;

/// <summary>Finds interpreters on the agent's PATH, once for each runtime: to ask a version manager's shim costs more than to start a worker.</summary>
internal sealed partial class InterpreterSearch(Func<RuntimeFamily, string, Task<Interpreter?>> ask, ILogger<InterpreterSearch> logger)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<Interpreter>>> _found = new(StringComparer.Ordinal);

    /// <exception cref="CannotStartException">There is none on this machine.</exception>
    public async Task<Interpreter> FindAsync(RuntimeName wanted)
    {
        var search = _found.GetOrAdd(wanted.Text, _ => new Lazy<Task<Interpreter>>(() => SearchAsync(wanted)));
        try
        {
            var interpreter = await search.Value;
            if (File.Exists(interpreter.Path))
                return interpreter;
        }
        catch (CannotStartException)
        {
            // What is missing may be installed without a restart of the agent.
            _found.TryRemove(KeyValuePair.Create(wanted.Text, search));
            throw;
        }

        _found.TryRemove(KeyValuePair.Create(wanted.Text, search));
        return await SearchAsync(wanted);
    }

    private async Task<Interpreter> SearchAsync(RuntimeName wanted)
    {
        var found = new List<Interpreter>();
        foreach (var program in Candidates(wanted))
        {
            if (await ask(wanted.Family, program) is not { } interpreter)
                continue;
            found.Add(interpreter);
            if (InterpreterChoice.IsExact(wanted, interpreter))
                break;
        }

        var chosen = InterpreterChoice.Choose(wanted, found) ?? throw new CannotStartException(Missing(wanted));
        if (InterpreterChoice.IsExact(wanted, chosen))
            LogFound(logger, wanted.Text, chosen.Path, chosen.Version);
        else
            LogOther(logger, wanted.Text, chosen.Path, chosen.Version);
        return chosen;
    }

    // /bin is often /usr/bin, and one program needs to be asked only once.
    private static IEnumerable<string> Candidates(RuntimeName wanted)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return InterpreterChoice.ProgramNames(wanted)
            .SelectMany(name => folders.Select(folder => Path.Combine(folder, name)))
            .Where(File.Exists)
            .DistinctBy(RealPath);
    }

    // A shim is one file under many names and tells them apart by its name, so only the folder is resolved.
    private static string RealPath(string program)
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(program)!);
        return Path.Combine(folder.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? folder.FullName, Path.GetFileName(program));
    }

    private static string Missing(RuntimeName wanted)
    {
        var (program, package) = wanted.Family == RuntimeFamily.Python ? ($"python{wanted.Version}", "python3") : ($"node {wanted.Version}", "nodejs");
        return $"{program} is not on this machine; apt-get install {package}, or put another one on the PATH of esb-agent";
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Runtime} is {Path} ({Version})")]
    private static partial void LogFound(ILogger logger, string runtime, string path, string version);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Runtime} is not on this machine; its functions run on {Path} ({Version})")]
    private static partial void LogOther(ILogger logger, string runtime, string path, string version);
}
