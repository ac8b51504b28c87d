using Esb.AgentProtocol;

namespace Esb.Agent.Backends;

/// <summary>A way to run workers. What a request's <c>code</c> and <c>layers</c> refer to is known to the backend alone.</summary>
internal interface IWorkerBackend
{
    /// <summary>As in <c>SessionOpened.backend</c>.</summary>
    string Name { get; }

    /// <summary>For people: where workers run, and what of it they should know.</summary>
    string Description { get; }

    /// <summary>Ends and removes what bears this agent's name and is none of its living workers: what a dead predecessor left.</summary>
    /// <returns>How many workers that were.</returns>
    /// <exception cref="EngineUnavailableException">The engine does not answer now.</exception>
    Task<int> RemoveLeftoversAsync();

    /// <summary>Makes sure that an image is there. Nothing happens where workers have no images.</summary>
    /// <exception cref="CannotStartException">It cannot be had, or is for other machines.</exception>
    Task PrepareAsync(string image);

    /// <summary>Starts one worker and returns as soon as its address is known.</summary>
    /// <param name="specification">The whole specification.</param>
    /// <param name="output">Takes the worker's lines in the order in which they are read; a worker that writes faster than it is awaited has to wait.</param>
    /// <exception cref="CannotStartException">The specification cannot be started here.</exception>
    Task<RunningWorker> StartAsync(StartWorkerRequest specification, Func<IReadOnlyList<LogLine>, Task> output);
}
