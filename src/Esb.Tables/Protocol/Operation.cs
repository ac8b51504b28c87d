using Esb.Tables.Errors;
using Esb.Tables.Protocol.Shapes;

namespace Esb.Tables.Protocol;

/// <summary>One operation of the API.</summary>
/// <param name="name">Its name, as it stands in the header X-Amz-Target.</param>
/// <param name="shape">The shape of its request.</param>
internal abstract class Operation(string name, StructureShape shape)
{
    public string Name => name;

    public StructureShape Shape => shape;

    /// <summary>What AWS checks of a request before the constraints of its members.</summary>
    /// <exception cref="TableException">A parameter that must be there is not.</exception>
    public virtual void CheckFirst(Input input)
    {
    }

    /// <summary>Carries the operation out.</summary>
    /// <returns>The answer, a document of JSON.</returns>
    /// <exception cref="TableException">The error for the client.</exception>
    public abstract Task<ReadOnlyMemory<byte>> RunAsync(Input input, CancellationToken cancellation);
}
