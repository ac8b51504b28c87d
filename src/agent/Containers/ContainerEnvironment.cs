using Esb.Agent.Backends;
using Esb.AgentProtocol;

namespace Esb.Agent.Containers;

/// <summary>What the environment of a container has besides what its image says.</summary>
internal static class ContainerEnvironment
{
    /// <exception cref="CannotStartException">The specification has a variable that no environment can hold.</exception>
    public static Dictionary<string, string> Build(StartWorkerRequest request, RuntimeApiAddress runtimeApi, DateTimeOffset now)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        LambdaVariables.Add(environment, request.Environment);
        LambdaVariables.Add(environment, LambdaVariables.Reserved(request, runtimeApi.ToString(), now));
        return environment;
    }
}
