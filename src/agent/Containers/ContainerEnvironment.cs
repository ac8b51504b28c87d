using Esb.Agent.Backends;
using Esb.AgentProtocol;

namespace Esb.Agent.Containers;

/// <summary>The environment of a container besides that of its image.</summary>
internal static class ContainerEnvironment
{
    /// <exception cref="CannotStartException">
    /// The specification has a variable that no environment can hold.
    /// </exception>
    public static Dictionary<string, string> Build(
        StartWorkerRequest request,
        RuntimeApiAddress runtimeApi,
        DateTimeOffset now)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        LambdaVariables.Add(environment, request.Environment);
        LambdaVariables.Add(environment, LambdaVariables.Reserved(request, runtimeApi.ToString(), now));
        return environment;
    }
}
