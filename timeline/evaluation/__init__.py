"""How well the engine reads, measured against gold: reports in which people have marked what is right.

gold.py and timeml.py read the files, measures.py compares one report's reading with what people read in it, figures.py
adds up. Imports the engine and nothing else of the product; printing is left to ``manage.py evaluate``.
"""

from timeline.evaluation.figures import Evaluation, evaluate
from timeline.evaluation.gold import BadGold, read_gold

__all__ = ["BadGold", "Evaluation", "evaluate", "read_gold"]
