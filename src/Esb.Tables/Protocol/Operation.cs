using Esb.Tables.Errors;
using Esb.Tables.Protocol.Shapes;

namespace Esb.Tables.Protocol;

/// <summary>One operation of the API.</summary>
/// <param name="name">The name of the operation, as it appears in the header X-Amz-Target.</param>
/// <param name="shape">The shape of the request.</param>
internal abstract class Operation(string name, StructureShape shape)
{
    public string Name => name;

    public StructureShape Shape => shape;

    /// <summary>Makes the checks that AWS makes before it checks the constraints of members.</summary>
    /// <exception cref="TableException">A required parameter is missing.</exception>
    public virtual void CheckFirst(Input input)
    {
    }

    /// <summary>Runs the operation.</summary>
    /// <returns>The answer, a JSON document.</returns>
    /// <exception cref="TableException">The error for the client.</exception>
    public abstract Task<ReadOnlyMemory<byte>> RunAsync(Input input, CancellationToken cancellation);
}
