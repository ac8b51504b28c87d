namespace Esb.Gateway.HandOver;

/// <summary>
/// This gateway cannot replace the running one, which keeps running; the message contains the reason.
/// </summary>
internal sealed class HandOverException(string message) : Exception(message);
