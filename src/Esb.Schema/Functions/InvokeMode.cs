namespace Esb.Schema.Functions;

/// <summary>
/// How a function URL answers. Source: AWS, Lambda API reference, CreateFunctionUrlConfig, InvokeMode.
/// </summary>
public enum InvokeMode
{
    /// <summary>The whole answer at once.</summary>
    Buffered,

    /// <summary>Bytes as the function writes them.</summary>
    ResponseStream,
}
