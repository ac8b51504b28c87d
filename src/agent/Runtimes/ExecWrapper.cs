using Esb.Agent.Backends;
using Esb.AgentProtocol;

namespace Esb.Agent.Runtimes;

/// <summary>
/// <c>AWS_LAMBDA_EXEC_WRAPPER</c>: a program that starts the runtime in the place of Lambda. Images have it done by AWS's own start
/// program. Source: AWS Lambda Developer Guide, "Modifying the runtime environment", "Wrapper scripts"; not for OS-only runtimes.
/// </summary>
internal static class ExecWrapper
{
    public const string Variable = "AWS_LAMBDA_EXEC_WRAPPER";

    private const string Layers = "/opt/";
    private const string Task = "/var/task/";
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The command with the wrapper before it, when the function names one.</summary>
    /// <param name="command">What would be started without.</param>
    /// <param name="request">The worker.</param>
    /// <param name="layers">Folders of layers, the uppermost first.</param>
    /// <exception cref="CannotStartException">There is no such program.</exception>
    public static RuntimeCommand Around(RuntimeCommand command, StartWorkerRequest request, IReadOnlyList<string> layers)
    {
        if (!request.Environment.TryGetValue(Variable, out var named) || named.Length == 0)
            return command;
        var places = named.StartsWith(Layers, StringComparison.Ordinal) ? layers.Select(l => Path.Combine(l, named[Layers.Length..]))
            : named.StartsWith(Task, StringComparison.Ordinal) ? [Path.Combine(request.Code, named[Task.Length..])]
            : [Path.Combine(request.Code, named)];
        var program = places.FirstOrDefault(File.Exists)
            ?? throw new CannotStartException($"{Variable} names '{named}', which {(named.StartsWith(Layers, StringComparison.Ordinal) ? "no layer of the function has" : "is not there")}");
        if ((File.GetUnixFileMode(program) & Executable) == 0)
            throw new CannotStartException($"{Variable} names '{named}', which is not executable; chmod +x it and deploy {request.Function} again");
        return command with { Program = program, Arguments = [command.Program, .. command.Arguments], Description = $"{named} {command.Description}" };
    }
}
