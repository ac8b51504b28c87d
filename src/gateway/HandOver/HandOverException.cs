namespace Esb.Gateway.HandOver;

/// <summary>This gateway cannot take the place of the one that runs, which stays; the message says why.</summary>
internal sealed class HandOverException(string message) : Exception(message);
