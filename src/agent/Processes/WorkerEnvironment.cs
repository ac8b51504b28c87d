using Esb.Agent.Backends;
using Esb.Agent.Runtimes;
using Esb.AgentProtocol;

namespace Esb.Agent.Processes;

/// <summary>
/// The environment of a worker. Source: AWS, "Using Lambda environment variables", which distinguishes variables that a
/// function may change from reserved ones. From the agent's own environment only PATH is passed on.
/// </summary>
internal static class WorkerEnvironment
{
    /// <summary>What a worker gets besides its specification.</summary>
    /// <param name="Owner">The agent's name.</param>
    /// <param name="Mark">Different for each worker of an owner.</param>
    /// <param name="Address">The worker's own address.</param>
    /// <param name="Home">
    /// A private folder: in the real home or a shared one, an SDK would find settings that do not belong to the
    /// function.
    /// </param>
    public sealed record Place(string Owner, string Mark, string Address, string Home);

    /// <exception cref="CannotStartException">
    /// The specification has a variable that no environment can hold.
    /// </exception>
    public static Dictionary<string, string> Build(
        StartWorkerRequest request,
        RuntimeCommand command,
        Place place,
        DateTimeOffset now)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "/usr/local/bin:/usr/bin:/bin",
            ["HOME"] = place.Home,
            ["LANG"] = "C.UTF-8",
            ["TZ"] = ":UTC",
        };
        foreach (var kept in new[] { "TMPDIR", "LD_LIBRARY_PATH" })
        {
            if (Environment.GetEnvironmentVariable(kept) is { Length: > 0 } value)
                environment[kept] = value;
        }

        LambdaVariables.Add(environment, command.Variables);
        LambdaVariables.Add(environment, request.Environment);
        var runtimeApi = RuntimeApiAddress.Parse(request.RuntimeApi) with { Host = place.Address };
        LambdaVariables.Add(environment, LambdaVariables.Reserved(request, runtimeApi.ToString(), now));
        environment["LAMBDA_RUNTIME_DIR"] = command.RuntimeFolder;
        environment["LAMBDA_TASK_ROOT"] = request.Code;
        environment[OwnedProcesses.OwnerVariable] = place.Owner;
        environment[OwnedProcesses.WorkerVariable] = place.Mark;
        return environment;
    }
}
