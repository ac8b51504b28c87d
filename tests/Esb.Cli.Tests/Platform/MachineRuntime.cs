using Esb.Cli.Platform;
using Esb.Interpreters;

namespace Esb.Cli.Tests.Platform;

/// <summary>The runtime of this machine's interpreter; a strict deploy of another one is refused.</summary>
internal static class MachineRuntime
{
    private static readonly Lazy<Task<string>> Found = new(FindAsync);

    /// <summary>The runtime, such as <c>python3.12</c>.</summary>
    public static Task<string> PythonAsync() => Found.Value;

    private static async Task<string> FindAsync() =>
        await new MachineInterpreters(null, CancellationToken.None)
            .FindAsync(new WantedInterpreter(Language.Python, "3.12")) is { } python
            ? $"python{python.Release(Language.Python)}"
            : throw new InvalidOperationException("this machine has no Python");
}
