using Esb.AgentProtocol;

namespace Esb.Agent.Backends;

/// <summary>
/// A way to run workers. Only the backend knows what <c>code</c> and <c>layers</c> of a request refer to.
/// </summary>
internal interface IWorkerBackend
{
    /// <summary>The name of the backend, as in <c>SessionOpened.backend</c>.</summary>
    string Name { get; }

    /// <summary>A human-readable text: where workers run, and what users should know about that.</summary>
    string Description { get; }

    /// <summary>
    /// Stops and removes everything with this agent's name that is not one of its running workers: the leftovers of an
    /// agent that died.
    /// </summary>
    /// <returns>The number of workers removed.</returns>
    /// <exception cref="EngineUnavailableException">The engine is not answering.</exception>
    Task<int> RemoveLeftoversAsync();

    /// <summary>Makes sure that an image is present. Does nothing for a backend without images.</summary>
    /// <exception cref="CannotStartException">The image cannot be obtained, or is for another architecture.</exception>
    Task PrepareAsync(string image);

    /// <summary>Starts one worker and returns as soon as its address is known.</summary>
    /// <param name="specification">The complete specification.</param>
    /// <param name="output">
    /// Receives the worker's lines in order. A worker that writes faster than its lines are taken is blocked.
    /// </param>
    /// <exception cref="CannotStartException">The specification cannot be started here.</exception>
    Task<RunningWorker> StartAsync(StartWorkerRequest specification, Func<IReadOnlyList<LogLine>, Task> output);
}
