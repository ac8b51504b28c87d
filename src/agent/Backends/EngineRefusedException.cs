namespace Esb.Agent.Backends;

/// <summary>The engine of a backend answered with an error.</summary>
internal class EngineRefusedException(string message) : Exception(message);
